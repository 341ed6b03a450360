//! The page's program: everything is in the library, so that tests can have it too.

fn main() {
    web::run();
}
