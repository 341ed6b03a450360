//! Panes that have nothing to show.

use super::*;

#[test]
fn where_there_is_nothing_to_show_that_is_said() {
    let nothing = || Shared::new(Rc::new(Report::default()));
    check(
        "en",
        steps(nothing()),
        expect![[r#"
        There are no stages to show. A stage begins with FROM.
    "#]],
    );
    check(
        "en",
        html! { <Log report={nothing()} /> },
        expect![[r#"
            Terminal
            Line by line
            docker build --progress=tty .
            Copy
            Nothing ran, so nothing was printed.
            00000000000000000000
        "#]],
    );
    check(
        "en",
        html! { <Files report={nothing()} open="Dockerfile" changed={Vec::<String>::new()} /> },
        expect![[r#"
            Build context
            0 files · 0B sent of 0B
            New file
            Rename
            touch
            chmod +x
            chmod
            100 MB
            Delete
            The context is empty. A build needs a Dockerfile: add one with New file.
        "#]],
    );
    let layers = |report| html! { <Layers {report} focus={None::<usize>} onfocus={Callback::noop()} /> };
    check(
        "en",
        layers(nothing()),
        expect![[r#"
        This build makes no image.
    "#]],
    );
    let empty = Report { image: Some(report::ImageView::default()), ..Report::default() };
    check(
        "en",
        layers(Shared::new(Rc::new(empty))),
        expect![[r#"
            The image as a stack of layers
            The image has no layers: nothing was put into it.
            Configuration
            What docker image inspect shows under Config. It is no layer and has no size: containers are started by it.
            Field
            Value
            From
            docker history
            newest first
            oldest first
            CREATED BY
            SIZE
            From
            Cache
            Sum
            0B
        "#]],
    );
}
