//! The figures, and the line that says what they are of.

use super::*;

#[test]
fn figures_say_what_changed() {
    check(
        "en",
        html! { <Summary report={built()} shown={built()} changes={Some(changes())} /> },
        expect![[r#"
            Image size
            ?
            What does “Image” mean?
            Image
            What a build makes: a stack of layers with files, and a config that says what to start and how. A container is an image with one more, writable layer on top.
            161MB
            ≈
            Size estimated from measured data.
            −932MB
            Layers
            ?
            What does “Layer” mean?
            Layer
            What one step changed in the file system: files added, changed or deleted. RUN, COPY, ADD and WORKDIR make one each. A finished layer never changes again, so a later step cannot make it smaller.
            6
            17.9kB yours
            Build time
            ?
            What does “Build time” mean?
            Build time
            From start to end on the chosen machine, with independent stages side by side. Times are estimates: they compare one Dockerfile with another, and no stopwatch will show just these.
            3.4 s
            ≈
            Times are estimated for the chosen machine.
            −12.3 s
            Steps from cache
            ?
            What does “Build cache” mean?
            Build cache
            The results of earlier steps. A step whose cache key is known is not carried out: its layer is taken as it is. The first miss makes all steps after it in its stage run too, for they stand on its result.
            4 / 7
            3 run: src/server.js changed, and 1 more
            Problems
            1
            1 warning
        "#]],
    );
}

#[test]
fn the_status_line_says_whether_it_is_a_preview() {
    let status = |report: Report, up_to_date: bool, older: bool| {
        html! {
            <Status report={Shared::new(Rc::new(report))} {up_to_date} build={2} changes={Some(changes())} {older}
                online={Callback::noop()} />
        }
    };
    check(
        "en",
        status(fixture::report(), true, false),
        expect![[r#"
        Build #2: this is what the build did
    "#]],
    );
    check(
        "ja",
        status(fixture::report(), false, false),
        expect![[r#"
        プレビュー: いま docker build を実行するとこうなります
        前回のビルド後に src/server.js を編集
    "#]],
    );
    check(
        "en",
        status(fixture::invalid(), false, true),
        expect![[r#"
        The Dockerfile is not valid: nothing would run
        src/server.js edited since the last build
        dockerfile parse error on line 5: unknown instruction: COYP (did you mean COPY?)
        Line 5
        Below: the last result before this error.
    "#]],
    );
}
