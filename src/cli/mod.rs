//! The command line: arguments, wording of errors, exit codes.

mod batch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Turns web pages into feeds.
#[derive(Debug, Parser)]
#[command(name = "feedwright", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Find the articles of saved listing pages, as JSON lines
    Discover(batch::Arguments),
    /// Extract saved article pages, as JSON lines
    Extract(batch::Arguments),
}

/// Runs the program.
pub fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Discover(arguments) => batch::run(&arguments, batch::Stage::Discover),
        Command::Extract(arguments) => batch::run(&arguments, batch::Stage::Extract),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}
