//! dd.

use filesystem::Content;

use crate::process::{Machine, OpenMode, Process};

use super::input::{is_busybox, number};

#[derive(Default)]
struct Plan {
    input: Option<String>,
    output: Option<String>,
    in_block: u64,
    out_block: u64,
    count: Option<u64>,
    skip: u64,
    seek: u64,
    conversions: Vec<String>,
    flags: Vec<String>,
    quiet: bool,
    no_rate: bool,
}

fn plan(process: &Process, gnu: bool) -> Result<Plan, String> {
    let mut plan = Plan { in_block: 512, out_block: 512, ..Plan::default() };
    for operand in process.operands() {
        let (name, value) = operand.split_once('=').ok_or_else(|| {
            if gnu { format!("unrecognized operand '{operand}'") } else { format!("invalid argument '{operand}'") }
        })?;
        let amount = || {
            // `bs=2x512` multiplies.
            value.split('x').try_fold(1u64, |product, part| product.checked_mul(number(part)?)).ok_or_else(|| {
                if gnu { format!("invalid number: '{value}'") } else { format!("invalid number '{value}'") }
            })
        };
        let words = || value.split(',').map(str::to_string).collect::<Vec<_>>();
        match name {
            "if" => plan.input = Some(value.to_string()),
            "of" => plan.output = Some(value.to_string()),
            "bs" => {
                plan.in_block = amount()?;
                plan.out_block = plan.in_block;
            }
            "ibs" => plan.in_block = amount()?,
            "obs" => plan.out_block = amount()?,
            "count" => plan.count = Some(amount()?),
            "skip" => plan.skip = amount()?,
            "seek" => plan.seek = amount()?,
            "conv" => plan.conversions = words(),
            "iflag" | "oflag" => plan.flags.extend(words()),
            "status" if gnu && !matches!(value, "none" | "noxfer" | "progress") => {
                return Err(format!("invalid status level: '{value}'"));
            }
            "status" => {
                plan.quiet = value == "none";
                plan.no_rate = value == "noxfer";
            }
            _ => return Err(format!("unrecognized operand '{operand}'")),
        }
    }
    if plan.in_block == 0 || plan.out_block == 0 {
        return Err("invalid number '0'".to_string());
    }
    Ok(plan)
}

pub fn dd(machine: &mut Machine, process: &mut Process) -> i32 {
    let gnu = !is_busybox(machine);
    let plan = match plan(process, gnu) {
        Ok(plan) => plan,
        Err(message) if gnu && !message.starts_with("invalid number") => {
            return super::misuse::refuse(machine, process, &message);
        }
        Err(message) => {
            process.complain(machine, &message);
            return 1;
        }
    };
    let flag = |name: &str| plan.flags.iter().any(|flag| flag == name);
    let conversion = |name: &str| plan.conversions.iter().any(|conversion| conversion == name);
    let skip = if flag("skip_bytes") { plan.skip } else { plan.skip.saturating_mul(plan.in_block) };
    let seek = if flag("seek_bytes") { plan.seek } else { plan.seek.saturating_mul(plan.out_block) };
    let limit = plan
        .count
        .map_or(u64::MAX, |count| if flag("count_bytes") { count } else { count.saturating_mul(plan.in_block) });
    let input = plan.input.clone().unwrap_or_else(|| "/dev/stdin".to_string());
    let read = process.open(machine, &input, OpenMode::Read).and_then(|file| {
        if skip > 0 {
            file.read(machine, skip)?;
        }
        file.read(machine, limit)
    });
    let mut content = match read {
        Ok(content) => content,
        Err(errno) => {
            let text = if is_busybox(machine) {
                format!("can't open '{input}': {errno}")
            } else {
                format!("failed to open '{input}': {errno}")
            };
            process.complain(machine, &text);
            return 1;
        }
    };
    let size = content.size();
    if conversion("sync") && size % plan.in_block != 0 {
        content.append(&Content::repeat(0, plan.in_block - size % plan.in_block));
    }
    for (name, change) in [("ucase", u8::to_ascii_uppercase as fn(&u8) -> u8), ("lcase", u8::to_ascii_lowercase)] {
        if conversion(name)
            && let Some(bytes) = super::input::text(machine, process, &content)
        {
            content = Content::from_bytes(&bytes.iter().map(change).collect::<Vec<_>>());
        }
    }
    let written = match &plan.output {
        None => process.write(machine, 1, &content),
        Some(output) if output.starts_with("/dev/") => process.write_file(machine, output, &content),
        Some(output) => {
            let path = process.path(output);
            let old = machine.fs.read(&path, &process.cred).unwrap_or_default();
            let mut new = old.slice(0, seek.min(old.size()));
            if flag("append") {
                new = old.clone();
            } else if new.size() < seek {
                new.append(&Content::repeat(0, seek - new.size()));
            }
            new.append(&content);
            if conversion("notrunc") && new.size() < old.size() {
                new.append(&old.slice(new.size(), old.size()));
            }
            if new.size() > crate::process::MAX_CONTENT_BYTES {
                Err(filesystem::Errno::NoSpace)
            } else {
                machine.charge_write(content.size());
                machine.fs.write(&path, new, process.mode(0o666), &process.cred)
            }
        }
    };
    if let Err(errno) = written {
        let output = plan.output.clone().unwrap_or_default();
        let text = if is_busybox(machine) {
            format!("can't open '{output}': {errno}")
        } else {
            format!("failed to open '{output}': {errno}")
        };
        process.complain(machine, &text);
        return 1;
    }
    if !plan.quiet {
        let records = |bytes: u64, block: u64| format!("{}+{}", bytes / block, u64::from(!bytes.is_multiple_of(block)));
        let mut report = format!(
            "{} records in\n{} records out\n",
            records(size, plan.in_block),
            records(content.size(), plan.out_block)
        );
        if !is_busybox(machine) && !plan.no_rate {
            report.push_str(&format!("{} bytes copied\n", content.size()));
        }
        process.err(machine, &report);
    }
    0
}
