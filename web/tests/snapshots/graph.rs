//! The graph while its build plays, and what is said of a chosen step.

use super::*;
use report::{Outcome, StepState};
use web::panes::{GhostWords, GraphDetails, Move};
use web::view::Goal;

/// The fixture's build with the times that its steps start at.
fn timed() -> Report {
    let mut report = fixture::report();
    for (step, start) in [(5, 40), (8, 3_340)] {
        report.steps[step].start_ms = start;
    }
    report
}

/// The states that the cards of a build have after some moves.
fn states(language: &str, report: Report, moves: &[Move]) -> Vec<String> {
    let play = moves.iter().fold(Play::new(&report), |play, action| play.after(action.clone()));
    let report = Shared::new(Rc::new(report));
    let html = html_of(
        language,
        html! {
            <Graph {report} {play} focus={None::<usize>} onfocus={Callback::noop()} online={Callback::noop()}
                onplay={Callback::noop()} />
        },
    );
    let cards = html.split("card__state").skip(1);
    cards.filter_map(|card| Some(card.split_once('>')?.1.split_once('<')?.0.to_string())).collect()
}

#[test]
fn cards_say_what_their_steps_are_doing_while_the_build_plays() {
    let at = |moves: &[Move]| states("en", timed(), moves);
    let start = at(&[Move::To(0)]);
    assert_eq!((start.len(), start[0].as_str(), start[6].as_str()), (9, "Waiting", "Waiting"));
    let middle = at(&[Move::Back, Move::Back]);
    assert_eq!(middle[4..], ["Done", "Running", "Cached", "Cached", "Waiting"]);
    assert_eq!(at(&[])[4..], ["Runs", "Runs", "Cached", "Cached", "Runs"]);
    assert_eq!(states("ja", timed(), &[Move::Back, Move::Back])[4..6], ["完了", "実行中"]);
}

fn details(language: &str, report: Report, step: usize) -> String {
    let report = Shared::new(Rc::new(report));
    let html = html_of(
        language,
        html! {
            <GraphDetails {report} {step} online={Callback::noop()} onstep={Callback::noop()} onclose={Callback::noop()} />
        },
    );
    // what is unfolded below it is the step's details, which have their own test
    words(html.split("<details").next().unwrap_or_default())
}

#[test]
fn the_chosen_step_says_why_it_ran_what_it_costs_and_what_is_around_it() {
    expect![[r#"
        [stage-1 3/3] COPY --from=build /app/dist ./dist
        Runs
        /app/dist/server.js changed (in stage build)
        Layer
        17.9kB
        Takes
        30 ms
        Starts
        3.3 s
        On the critical path
        Show line 11
        Files of its layer
        Waits for
        [stage-1 2/3] WORKDIR /app
        [build 6/6] RUN npm run build
    "#]]
    .assert_eq(&details("en", timed(), 8));
    expect![[r#"
        [build 4/6] RUN npm ci
        キャッシュ
        レイヤー
        64.2MB
        ≈
        推定: サイズを実測データから見積もった値です。
        キャッシュで節約
        12.3 秒
        4 行目を表示
        先に必要なステップ
        [build 3/6] COPY package*.json ./
        これを待つステップ
        [build 5/6] COPY src ./src
    "#]]
    .assert_eq(&details("ja", timed(), 3));
}

#[test]
fn what_is_not_reached_or_not_needed_says_why() {
    let mut report = timed();
    report.outcome = Outcome::Failed { message: "no".to_string(), step: Some(5) };
    report.steps[5].state = StepState::Failed;
    report.steps[8].state = StepState::NotReached;
    report.steps[8].reason = None;
    assert!(details("en", report.clone(), 8).contains("The build stopped at RUN npm run build\n"));
    report.stages[0].needed = false;
    let html = html_of("en", graph(Shared::new(Rc::new(report))));
    assert!(html.contains("The build stopped at RUN npm run build<"), "{html}");
    assert!(html.contains("The target does not need this stage<"), "{html}");
}

/// The fixture's build, and one that has a stage more and a step less.
fn differing() -> (Shared<Report>, Shared<Report>) {
    let mut goal = fixture::report();
    let mut own = fixture::report();
    own.stages.remove(0);
    own.stages[0].index = 0;
    own.stages[0].steps = vec![0, 1, 2];
    own.steps.drain(..6);
    for step in &mut own.steps {
        step.stage = 0;
        step.inputs.clear();
    }
    goal.stages[1].steps.truncate(2);
    goal.steps.truncate(8);
    (Shared::new(Rc::new(own)), Shared::new(Rc::new(goal)))
}

#[test]
fn what_the_goal_has_more_and_less_is_said_in_words() {
    let (report, goal) = differing();
    let said = || html! { <GhostWords report={report.clone()} goal={goal.clone()} /> };
    check(
        "en",
        said(),
        expect![[r#"
        in the goal, not in yours
        in yours, not in the goal
        The goal has a stage build that yours has not, with 6 steps.
        Stage stage-0: COPY --from=build /app/dist ./dist has no counterpart in the goal.
    "#]],
    );
    check(
        "ja",
        said(),
        expect![[r#"
        ゴールにだけあるもの
        現在のグラフにだけあるもの
        ゴールには、現在のグラフにないステージ build があります（6 ステップ）。
        ステージ stage-0: COPY --from=build /app/dist ./dist にあたるステップはゴールにありません。
    "#]],
    );
    check(
        "en",
        html! { <GhostWords report={built()} goal={built()} /> },
        expect![[r#"
        Your graph has the shape of the goal’s: what is left to change is inside the steps.
    "#]],
    );
}

#[test]
fn the_goals_graph_is_drawn_behind_and_can_be_switched_off() {
    let (report, goal) = differing();
    let drawn = |goal: Goal| {
        let play = Play::new(&report);
        html_of(
            "en",
            html! {
                <ContextProvider<Goal> context={goal}>
                    <Graph report={report.clone()} {play} focus={None::<usize>} onfocus={Callback::noop()}
                        online={Callback::noop()} onplay={Callback::noop()} />
                </ContextProvider<Goal>>
            },
        )
    };
    let count = |html: &str, class: &str| html.matches(&format!("class=\"{class}\"")).count();
    let with = drawn(Goal { there: true, report: Some(goal.clone()) });
    // each kind once more in the legend
    assert_eq!((count(&with, "ghost__lane"), count(&with, "ghost__card"), count(&with, "ghost__extra")), (1, 7, 2));
    assert!(with.contains("aria-pressed=\"true\""));
    let without = drawn(Goal { there: true, report: None });
    assert_eq!(count(&without, "ghost__card"), 0);
    assert!(without.contains("title=\"Draw the shape of the goal’s graph behind yours\""));
}
