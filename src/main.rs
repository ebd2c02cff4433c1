//! The `feedwright` program: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    feedwright::cli::main()
}
