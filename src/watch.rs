//! Passes for ever: sleeps until a source is due, reads the configuration anew when its file changed, stops on a signal.

use std::future::Future;
use std::path::Path;
use std::time::Duration;

use crate::config::{self, Config};
use crate::event::Event;
use crate::run::{self, Report, Selection};

/// How often it is looked whether a source is due or the configuration changed.
const LOOK: Duration = Duration::from_secs(20);

/// What is told between passes.
#[derive(Debug)]
pub enum Told {
    /// A pass is done.
    Pass(Report),
    /// A pass could not be made; the next one will be tried.
    Failed(run::Error),
    /// The configuration changed and was read.
    Reloaded,
    /// The configuration changed and is broken; the old one stays in force.
    Broken(config::Error),
}

/// Runs until `stop` resolves. `stop` is asked for a fresh future for each wait.
pub async fn watch<F: Future<Output = ()>>(
    path: &Path,
    mut config: Config,
    stop: impl Fn() -> F,
    mut told: impl FnMut(Told),
    tell: impl Fn() -> Box<dyn Fn(Event) + Send + Sync>,
) {
    let mut seen = changed_at(path);
    loop {
        match run::pass(&config, &Selection { wait: true, ..Selection::default() }, tell(), stop()).await {
            Ok(report) if report.stopped => return told(Told::Pass(report)),
            Ok(report) => told(Told::Pass(report)),
            Err(error) => told(Told::Failed(error)),
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = stop() => return,
        }
        let now = changed_at(path);
        if now != seen {
            seen = now;
            match Config::read(path) {
                Ok(read) => {
                    config = read;
                    told(Told::Reloaded);
                }
                Err(error) => told(Told::Broken(error)),
            }
        }
    }
}

fn changed_at(path: &Path) -> Option<std::time::SystemTime> {
    std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}
