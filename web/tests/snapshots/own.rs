//! What there is in a project of the reader's own, before it is opened.

use super::*;
use session::import::{assemble, give_dockerfile, read_listing};
use web::panes::OwnFound;

const LISTING: &str = "100644 eb03e3e1e48673812727cc4d12be152d6a80fc33 0\t.dockerignore\n\
    120000 7f8501069cb43dc3dfc4390e50167280b14a0a5b 0\tmain.js\n\
    100755 1a2485251c33a70432394c93fb89330ef214bfc9 0\trun.sh\n\
    total 24\n";

fn found(text: &str, dockerfile: Option<&str>) -> Html {
    let listing = read_listing(text);
    let mut made = assemble(listing.found, 0);
    if let Some(dockerfile) = dockerfile {
        give_dockerfile(&mut made, dockerfile, 0);
    }
    let made = Shared::new(Rc::new(made));
    html! {
        <OwnFound {made} format={listing.format} unread={listing.unread} unread_count={listing.unread_count}
            lost={0} given={dockerfile.is_some()} />
    }
}

/// Whether what is shown has these lines, among others.
fn has(language: &str, piece: Html, lines: &[&str]) {
    let shown = words(&html_of(language, piece));
    for line in lines {
        assert!(shown.lines().any(|other| other == *line), "{line}\n{shown}");
    }
}

#[test]
fn what_is_not_known_of_a_project_is_said() {
    has(
        "en",
        found(LISTING, None),
        &[
            "3 files, 0B",
            "read as the output of git ls-files -s",
            "None of them is a Dockerfile whose text is known. Paste one above.",
            "Only the name is known of .dockerignore: empty until you paste the text into the editor.",
            "The target of 1 symbolic link is not told.",
            "1 line could not be read",
            "total 24",
        ],
    );
    has(
        "ja",
        found(LISTING, Some("FROM scratch\n")),
        &["ここに貼り付けた Dockerfile を使います。", "1 行を読めませんでした"],
    );
}

#[test]
fn what_no_context_can_hold_is_said() {
    let listing = "12 ./Dockerfile\n5 ../a\n7 ../b\n9 run.sh\n";
    let lines = [
        "2 entries are left out; the first: ../a: has an empty part, . or ..",
        "Permissions are not told: scripts count as executable (755), all else as 644.",
    ];
    has("en", found(listing, None), &lines);
}
