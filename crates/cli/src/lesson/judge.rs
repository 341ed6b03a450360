//! A lesson played through: what fails at the beginning of each step, what its solution and its wrong answers come to.

use lesson::{Check, Goal, Lesson, Situation, Step, Trial, Value, apply, check, hints, overlaid, solved};
use report::{Catalog, Edit, Outcome, Report};

/// The time of edits: seconds since 1970, later than that of every file.
const EDITED_AT: i64 = 1_861_920_000;

/// Everything that is wrong with the steps, each with its place.
pub fn judge(lesson: &Lesson, catalog: &Catalog) -> Vec<String> {
    let mut wrong = Vec::new();
    for (number, step) in lesson.steps.iter().enumerate() {
        judge_step(lesson, number, step, catalog, &mut |what| wrong.push(format!("step \"{}\": {what}", step.id)));
    }
    wrong
}

fn judge_step(lesson: &Lesson, number: usize, step: &Step, catalog: &Catalog, say: &mut impl FnMut(String)) {
    let start = begun(lesson, number, step, catalog);
    if start.context.get("Dockerfile").is_none() {
        say("its project has no Dockerfile".into());
        return;
    }
    predictable(lesson, step, &start, say);
    let begun = predicted(lesson, step, &start);
    let report = begun.report();
    let at_start = checks(lesson, step, &begun, &report, 0);
    for (goal, check) in step.goals.iter().zip(&at_start) {
        match (goal.kept, check.met) {
            (false, true) => say(format!(
                "goal \"{}\" is met before anything is done ({}): make it stricter, or write `kept = true`",
                goal.id,
                found(check)
            )),
            (true, false) => {
                say(format!("goal \"{}\" is `kept`, but does not hold at the beginning: {}", goal.id, found(check)))
            }
            _ => {}
        }
    }
    let edits = overlaid(lesson, &format!("solution/{}/", step.id));
    let only_builds = step.goals.iter().all(|goal| goal.kept || matches!(goal.goal, Goal::Built(_)));
    if edits.is_empty() && !only_builds {
        say(format!("has goals, and no solution/{}/", step.id));
        return;
    }
    let mut solution = edited(&begun, &edits);
    let report = solution.report();
    let built = times(step);
    for (goal, check) in step.goals.iter().zip(checks(lesson, step, &solution, &report, built)) {
        if !check.met {
            say(format!("its solution does not meet goal \"{}\": {}", goal.id, found(&check)));
        }
    }
    // what the learner builds must build, unless that it fails is the goal
    solution.build();
    let fails = step.goals.iter().any(|goal| matches!(goal.goal, Goal::Fails(_)));
    if !fails && let Outcome::Failed { message, .. } | Outcome::Invalid { message } = &report.outcome {
        say(format!("its solution does not build: {message}"));
    }
    for wrong in &step.wrong {
        let edits = overlaid(lesson, &format!("wrong/{}/", wrong.name));
        if edits.is_empty() {
            say(format!("there is no wrong/{}/", wrong.name));
            continue;
        }
        let trial = edited(&begun, &edits);
        let report = trial.report();
        let checks = checks(lesson, step, &trial, &report, built);
        let of_goal = step.goals.iter().zip(&checks).find(|(goal, _)| goal.id == wrong.goal);
        if of_goal.is_some_and(|(_, check)| check.met) {
            say(format!("the wrong answer \"{}\" meets goal \"{}\"", wrong.name, wrong.goal));
        }
        let situation = Situation { lesson, project: &trial, report: &report, builds: built };
        let shown = hints(step, &checks, &situation).first().map(|hint| hint.id.clone());
        if wrong.hint.is_some() && shown != wrong.hint {
            say(format!(
                "after the wrong answer \"{}\" the first hint is {shown:?}, not {:?}",
                wrong.name,
                wrong.hint.as_deref().unwrap_or_default()
            ));
        }
    }
}

/// The state that a step begins in: what its `play` makes of the project. The learner has built it before.
fn begun(lesson: &Lesson, number: usize, step: &Step, catalog: &Catalog) -> Trial {
    let mut trial = Trial { catalog: catalog.clone(), ..Trial::default() };
    match lesson::started(lesson, number) {
        Some(context) => trial.context = context,
        None => {
            trial.context = solved(lesson, number);
            trial.build();
        }
    }
    apply(&mut trial, &step.play, lesson);
    trial
}

/// The state after the prediction was revealed.
fn predicted(lesson: &Lesson, step: &Step, start: &Trial) -> Trial {
    let mut trial = start.clone();
    if let Some(predict) = &step.predict {
        apply(&mut trial, &predict.after, lesson);
        trial.build();
    }
    trial
}

/// The steps that are asked for are there, and something can be said of each.
fn predictable(lesson: &Lesson, step: &Step, start: &Trial, say: &mut impl FnMut(String)) {
    let Some(predict) = &step.predict else { return };
    let mut trial = start.clone();
    apply(&mut trial, &predict.after, lesson);
    let report = trial.report();
    if report.outcome != Outcome::Built {
        say(format!("what is to be predicted does not build: {:?}", report.outcome));
    }
    for name in &predict.steps {
        if lesson::find_step(&report, name, None).is_none() {
            say(format!("predict: there is no step `{name}`"));
        }
    }
}

fn edited(trial: &Trial, edits: &[Edit]) -> Trial {
    let mut trial = trial.clone();
    for edit in edits {
        // a path that cannot be written is named by the check of the folder
        let _ = trial.context.apply(edit, EDITED_AT);
    }
    trial
}

fn checks(lesson: &Lesson, step: &Step, trial: &Trial, report: &Report, builds: usize) -> Vec<Check> {
    let situation = Situation { lesson, project: trial, report, builds };
    step.goals.iter().map(|goal| check(&goal.goal, &situation)).collect()
}

/// The builds that a step asks for.
fn times(step: &Step) -> usize {
    let times = step.goals.iter().filter_map(|goal| match &goal.goal {
        Goal::Built(built) => Some(built.times),
        _ => None,
    });
    times.max().unwrap_or(1)
}

/// What was found, for who writes the lesson.
fn found(check: &Check) -> String {
    let args = check.found.args.iter().map(|(name, value)| match value {
        Value::Text(text) => format!("{name} {text:?}"),
        Value::Count(count) => format!("{name} {count}"),
        Value::Bytes(bytes) => format!("{name} {}", report::human_size(*bytes)),
        Value::Ms(ms) => format!("{name} {ms}ms"),
        Value::Either(aims) => format!("{name} {}", aims.len()),
    });
    let args: Vec<String> = args.collect();
    format!("found {} {}", check.found.code, args.join(", ")).trim_end().to_owned()
}
