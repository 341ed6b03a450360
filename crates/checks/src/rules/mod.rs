//! The rules, a file each.

mod consistent_instruction_casing;
mod copy_ignored_file;
mod duplicate_stage_name;
mod expose_invalid_format;
mod expose_proto_casing;
mod from_as_casing;
mod from_platform_flag_const_disallowed;
mod invalid_default_arg_in_from;
mod invalid_definition_description;
mod json_args_recommended;
mod legacy_key_value_format;
mod maintainer_deprecated;
mod multiple_instructions_disallowed;
mod no_empty_continuation;
mod redundant_target_platform;
mod reserved_stage_name;
mod secrets_used_in_arg_or_env;
mod stage_name_casing;
mod undefined_arg_in_from;
mod undefined_var;
mod workdir_relative_path;

pub use secrets_used_in_arg_or_env::is_secret_name;

use dockerfile::{From, Instruction, Word};
use plan::{Expanded, Expander};
use source::TextRange;

use crate::Rule;
use crate::facts::Facts;
use crate::findings::Place;

/// The rules, in the order in which BuildKit checks them; those of one instruction in the order of their warnings.
const RULES: [Rule; 21] = [
    no_empty_continuation::RULE,
    stage_name_casing::RULE,
    from_as_casing::RULE,
    maintainer_deprecated::RULE,
    invalid_definition_description::RULE,
    reserved_stage_name::RULE,
    duplicate_stage_name::RULE,
    consistent_instruction_casing::RULE,
    invalid_default_arg_in_from::RULE,
    undefined_arg_in_from::RULE,
    redundant_target_platform::RULE,
    from_platform_flag_const_disallowed::RULE,
    undefined_var::RULE,
    multiple_instructions_disallowed::RULE,
    json_args_recommended::RULE,
    legacy_key_value_format::RULE,
    secrets_used_in_arg_or_env::RULE,
    workdir_relative_path::RULE,
    expose_proto_casing::RULE,
    expose_invalid_format::RULE,
    copy_ignored_file::RULE,
];

/// The rules, in the order in which BuildKit checks them.
#[must_use]
pub fn rules() -> &'static [Rule] {
    &RULES
}

/// The words behind a FROM and its flags, whether they make sense or not; none for other instructions.
fn from_arguments(instruction: &Instruction) -> Option<Vec<&str>> {
    if !instruction.keyword.text.eq_ignore_ascii_case("from") {
        return None;
    }
    let words = instruction.original.split_whitespace().skip(1);
    Some(words.skip_while(|word| word.starts_with("--")).collect())
}

/// The place of the first use of a variable in words: `$NAME` or the beginning of `${NAME…}`.
fn variable<'w>(name: &str, words: impl Iterator<Item = &'w Word>) -> Option<TextRange> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    for word in words {
        for (start, _) in word.text.match_indices('$') {
            let rest = word.text.get(start + 1..).unwrap_or_default();
            let bare = rest.strip_prefix('{').unwrap_or(rest);
            let behind = bare.strip_prefix(name);
            if behind.is_some_and(|behind| !behind.starts_with(is_name)) {
                let length = 1 + (rest.len() - bare.len()) + name.len();
                let from = word.source_offset(start);
                return Some(TextRange::new(from, from + length));
            }
        }
    }
    None
}

/// The platforms of the FROM lines that BuildKit gets to expand: where, as written, and as it comes out.
fn platforms<'f>(facts: &'f Facts<'_>) -> impl Iterator<Item = (Place, &'f Word, Expanded)> {
    let plan = facts.inputs.plan;
    let reached = |at: usize| {
        let mut lines = plan.from_lines.iter();
        lines.any(|line| line.instruction == at && line.platform.is_some())
    };
    let expander = Expander::new(facts.inputs.file.escape);
    facts.lines_of_from().filter_map(move |(place, from): (Place, &From)| {
        let word = from.platform.as_ref().filter(|_| reached(place.at))?;
        let expanded = expander.expand(&word.text, &plan.global).ok()?;
        Some((place, word, expanded))
    })
}
