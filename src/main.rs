//! The command `rundbrief`; everything is in [`rundbrief::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    rundbrief::cli::main()
}
