//! The command line: arguments, wording of errors, exit codes. The only module that prints.
//!
//! stdout is data, stderr is talk. Exit codes: 0 all good, 1 some source failed, 2 usage or configuration, 3 could not run.
//! A broken pipe is 0: whoever read has seen enough.

mod add;
mod batch;
mod check;
mod fetching;
mod init;
mod items;
mod logging;
mod opml;
mod output;
mod progress;
mod run;
mod safe;
mod serve;
mod status;
mod r#try;

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::pin::Pin;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::config::{self, Config};

const AFTER_HELP: &str = "Examples:
  feedwright init                      write a config.toml to start from
  feedwright try https://a.example/    see what would become of a page
  feedwright add https://a.example/    follow it
  feedwright run                       poll what is due and publish: the cron job
  feedwright status                    how the sources are

Exit codes: 0 all good, 1 some source failed, 2 usage or configuration, 3 could not run.";

/// Turns web pages into feeds that can be left alone for years.
#[derive(Debug, Parser)]
#[command(name = "feedwright", version, after_help = AFTER_HELP)]
struct Arguments {
    /// The configuration
    #[arg(short, long, global = true, value_name = "FILE", default_value = "config.toml")]
    config: PathBuf,
    /// Explain every decision on stderr; twice for more
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    verbose: u8,
    /// No progress and no summary, not even on a terminal
    #[arg(short, long, global = true)]
    quiet: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Poll what is due, publish, and exit: the cron job
    Run(run::Arguments),
    /// Make passes for ever; stops cleanly on a signal
    Watch,
    /// Look at a page and follow it: appends a `[[source]]` to the configuration
    Add(add::Arguments),
    /// Show what a page would yield, each value with its origin; writes nothing but the pace that its host was asked at
    Try(r#try::Arguments),
    /// Check the configuration, completely and offline
    Check,
    /// Show each source's health
    Status(status::Arguments),
    /// Serve the feeds, the index and `/health` over HTTP
    Serve(serve::Arguments),
    /// Write a configuration to start from
    Init,
    /// Add the feeds of an OPML file as sources, or take in exported items
    Import(opml::Import),
    /// Print all feeds as OPML, or all items as JSON lines
    Export(opml::Export),
    /// Take out one item
    Forget(items::Forget),
    /// Take out old items
    Prune(items::Prune),
    /// Copy the store, even while it is in use
    Backup(items::Backup),
    /// Print a completion script for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Find the articles of saved listing pages, as JSON lines
    Discover(batch::Arguments),
    /// Extract saved article pages, as JSON lines
    Extract(batch::Arguments),
    /// Print the manual page
    #[command(hide = true)]
    Man,
}

/// How a command ended, if it ended badly.
#[derive(Debug)]
enum Failure {
    /// Some source failed; that has been told already.
    Sources,
    /// Usage or configuration.
    Usage(anyhow::Error, Option<String>),
    /// It could not run.
    Stopped(anyhow::Error, Option<String>),
    /// Whoever read our output has gone.
    Pipe,
}

impl Failure {
    fn usage(error: impl Into<anyhow::Error>) -> Self {
        Self::Usage(error.into(), None)
    }
}

impl From<config::Error> for Failure {
    fn from(error: config::Error) -> Self {
        let hint = error.hint().map(str::to_owned);
        Self::Usage(error.into(), hint)
    }
}

impl From<crate::store::Error> for Failure {
    fn from(error: crate::store::Error) -> Self {
        let hint = error.hint().map(str::to_owned);
        Self::Stopped(error.into(), hint)
    }
}

impl From<crate::run::Error> for Failure {
    fn from(error: crate::run::Error) -> Self {
        let hint = error.hint();
        match error {
            crate::run::Error::Unknown { .. } => Self::Usage(error.into(), hint),
            other => Self::Stopped(other.into(), hint),
        }
    }
}

impl From<crate::fetch::Error> for Failure {
    fn from(error: crate::fetch::Error) -> Self {
        let hint = error.hint();
        Self::Stopped(error.into(), hint)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::Pipe } else { Self::Stopped(error.into(), None) }
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    logging::start(arguments.verbose);
    let ended = dispatch(&arguments);
    let written = || output::failure().map_or(Ok(()), |error| Err(unwritten(error)));
    match ended.and_then(|()| written()) {
        Ok(()) | Err(Failure::Pipe) => ExitCode::SUCCESS,
        Err(Failure::Sources) => ExitCode::from(1),
        Err(Failure::Usage(error, hint)) => {
            tell(&error, hint.as_deref());
            ExitCode::from(2)
        }
        Err(Failure::Stopped(error, hint)) => {
            tell(&error, hint.as_deref());
            ExitCode::from(3)
        }
    }
}

/// What could not be written: a reader that is gone wants no more.
fn unwritten(error: io::Error) -> Failure {
    match Failure::from(error) {
        Failure::Stopped(error, _) => {
            let hint = "make room where the output goes; nothing else was changed by that".to_owned();
            Failure::Stopped(error.context("cannot write to standard output"), Some(hint))
        }
        other => other,
    }
}

fn dispatch(arguments: &Arguments) -> Result<(), Failure> {
    let config = || Config::read(&arguments.config).map_err(Failure::from);
    match &arguments.command {
        Command::Run(options) => run::run(&config()?, options, arguments.quiet),
        Command::Watch => run::watch(&arguments.config, config()?, arguments.quiet),
        Command::Add(options) => add::add(&arguments.config, options),
        Command::Try(options) => r#try::look(&arguments.config, config().ok().as_ref(), options),
        Command::Check => check::check(&config()?, arguments.quiet),
        Command::Status(options) => status::status(&arguments.config, &config()?, options),
        Command::Serve(options) => serve::serve(&config()?, options),
        Command::Init => init::init(&arguments.config),
        Command::Import(options) => opml::import(&arguments.config, options),
        Command::Export(options) => opml::export(&config()?, options),
        Command::Forget(options) => items::forget(&config()?, options),
        Command::Prune(options) => items::prune(&config()?, options),
        Command::Backup(options) => items::backup(&config()?, options),
        Command::Completions { shell } => {
            clap_complete::generate(*shell, &mut Arguments::command(), "feedwright", &mut io::stdout());
            Ok(())
        }
        Command::Discover(options) => batch::run(options, batch::Stage::Discover),
        Command::Extract(options) => batch::run(options, batch::Stage::Extract),
        Command::Man => Ok(clap_mangen::Man::new(Arguments::command()).render(&mut io::stdout())?),
    }
}

/// An error, its causes indented, and what to do about it.
fn tell(error: &anyhow::Error, hint: Option<&str>) {
    if let Some(config) = error.downcast_ref::<config::Error>()
        && let Some(rendered) = config.render(io::stderr().is_terminal())
    {
        anstream::eprintln!("{rendered}");
        return;
    }
    anstream::eprintln!("error: {}", safe::lines(&error.to_string()));
    for cause in error.chain().skip(1) {
        anstream::eprintln!("  caused by: {}", safe::lines(&cause.to_string()));
    }
    if let Some(hint) = hint {
        anstream::eprintln!("hint: {}", safe::lines(hint));
    }
}

/// A runtime for the commands that wait for the network.
fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// Hears from now on when the process is asked to stop, and makes futures that resolve once it was: also long ago, also while nobody listened.
/// To be called inside of a runtime.
fn stop_signal() -> impl Fn() -> Pin<Box<dyn Future<Output = ()> + Send>> {
    let (heard, stop) = tokio::sync::watch::channel(false);
    let asked = asked_to_stop();
    tokio::spawn(async move {
        asked.await;
        // Where nobody waits any more, the end has come already.
        let _ = heard.send(true);
    });
    move || {
        let mut stop = stop.clone();
        Box::pin(async move {
            if stop.wait_for(|asked| *asked).await.is_err() {
                std::future::pending::<()>().await;
            }
        })
    }
}

#[cfg(unix)]
fn asked_to_stop() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (terminate, interrupt) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    async move {
        let (Ok(mut terminate), Ok(mut interrupt)) = (terminate, interrupt) else { return std::future::pending().await };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
async fn asked_to_stop() {
    let _ = tokio::signal::ctrl_c().await;
}
