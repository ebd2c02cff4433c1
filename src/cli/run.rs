//! `run` and `watch`.

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::Path;
use std::time::Duration;

use crate::config::Config;
use crate::run::{self, Report, Selection};
use crate::watch;

use super::{Failure, progress, runtime, safe, stop_signal, tell};

/// How long pages that are being read may hold up the end.
const LAST_PAGES: Duration = Duration::from_millis(200);

/// Poll what is due, publish, and exit.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  feedwright run                        what is due
  feedwright run city-hall              one source, due or not
  feedwright run --accept city-hall     let its changed page in
  feedwright run city-hall --backfill 9 read nine pages of its listing

crontab:  */10 * * * *  cd /srv/feeds && feedwright run")]
pub(super) struct Arguments {
    /// Only these sources, due or not
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Poll all sources, also those that are not due
    #[arg(short, long)]
    force: bool,
    /// Wait for another run to end, rather than give up
    #[arg(long)]
    wait: bool,
    /// Let the listing of this source in, although it looks wrong; polls no other
    #[arg(long, value_name = "NAME")]
    accept: Vec<String>,
    /// Read so many pages of each listing
    #[arg(long, value_name = "PAGES", default_value_t = 0)]
    backfill: usize,
}

/// Runs one pass and tells what failed.
pub(super) fn run(config: &Config, arguments: &Arguments, quiet: bool) -> Result<(), Failure> {
    let selection = Selection {
        names: BTreeSet::from_iter(arguments.names.iter().cloned()),
        force: arguments.force || arguments.backfill > 0,
        accept: BTreeSet::from_iter(arguments.accept.iter().cloned()),
        backfill: arguments.backfill,
        wait: arguments.wait,
        ..Selection::default()
    };
    let runtime = runtime()?;
    let report = runtime.block_on(async { run::pass(config, &selection, progress::listener(quiet), stop_signal()()).await });
    // A page that is still being read when a signal came is not waited for.
    runtime.shutdown_timeout(LAST_PAGES);
    let report = report?;
    tell_report(&report, quiet);
    if report.is_good() { Ok(()) } else { Err(Failure::Sources) }
}

/// Makes passes until a signal comes.
pub(super) fn watch(path: &Path, config: Config, quiet: bool) -> Result<(), Failure> {
    let told = |told: watch::Told| match told {
        watch::Told::Pass(report) => tell_report(&report, quiet),
        watch::Told::Failed(error) => {
            let hint = error.hint();
            tell(&error.into(), hint.as_deref());
        }
        watch::Told::Reloaded => tracing::info!("the configuration was read anew"),
        watch::Told::Broken(error) => {
            tell(&error.into(), None);
            anstream::eprintln!("warning: the configuration that was read before stays in force");
        }
    };
    let runtime = runtime()?;
    runtime.block_on(async { watch::watch(path, config, stop_signal(), told, || progress::listener(quiet)).await });
    runtime.shutdown_timeout(LAST_PAGES);
    Ok(())
}

fn tell_report(report: &Report, quiet: bool) {
    for source in &report.sources {
        if let Some(failure) = &source.failure {
            anstream::eprintln!("error: source `{}`: {}", source.name, safe::lines(&failure.message));
            if let Some(hint) = &failure.hint {
                anstream::eprintln!("hint: {}", safe::lines(hint));
            }
        }
        for note in source.outcome.notes.iter().filter(|note| note.code == "rules-relocated") {
            anstream::eprintln!("warning: source `{}` is degraded: {}", source.name, safe::lines(&note.text));
            anstream::eprintln!("hint: `feedwright status` shows the change to the configuration that would mend it");
        }
        for (link, failure) in &source.outcome.failed {
            tracing::warn!(source = %source.name, url = %link.url, "{}", safe::line(&failure.message));
        }
    }
    for warning in &report.warnings {
        anstream::eprintln!("warning: {}", safe::lines(warning));
    }
    // A person who waits is told how it went; cron is not.
    if !quiet && std::io::stderr().is_terminal() {
        let new: usize = report.sources.iter().map(|source| source.outcome.new).sum();
        let changed: usize = report.sources.iter().map(|source| source.outcome.changed).sum();
        anstream::eprintln!(
            "{} source(s) polled, {new} new items, {changed} changed, {} files written",
            report.sources.len(),
            report.wrote.len()
        );
    }
}
