//! Parse the command line, run one command.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
use rundbrief::cli::{self, Cli, output};

#[tokio::main]
async fn main() -> ExitCode {
    // Wrong use ends here, with exit code 2.
    let cli = Cli::parse();
    match cli::run(cli).await {
        Ok(code) => code,
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Where even stderr is gone, the exit code must do.
            let _ = writeln!(std::io::stderr(), "rundbrief: {error:#}");
            ExitCode::FAILURE
        }
    }
}
