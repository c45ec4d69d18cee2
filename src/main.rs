//! The program: arguments in, exit code out.

use std::process::ExitCode;

/// Many small values live as long as the portal: the system's allocator takes a third longer at 10,000 documents.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    clausebook::cli::main()
}
