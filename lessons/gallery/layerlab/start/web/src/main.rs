//! The page's program: everything is in the library, so that tests can have it too.

/// The page has one thread and asks for many small pieces at every key.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {
    web::run();
}
