//! `--verbose`: decisions as lines on stderr.

use std::io::IsTerminal;

use tracing::Level;
use tracing_subscriber::fmt;

/// Starts logging at the level that was asked for; off without `-v`.
pub(super) fn start(verbose: u8) {
    let level = match verbose {
        0 => return,
        1 => Level::INFO,
        _ => Level::DEBUG,
    };
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    fmt().with_writer(std::io::stderr).with_max_level(level).with_ansi(colour).with_target(false).without_time().init();
}
