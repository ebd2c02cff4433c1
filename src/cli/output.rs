//! Standard output, which may be a pipe whose reader has gone or a file on a full disk.

use std::fmt::Arguments;
use std::io::{self, Write as _};
use std::sync::{Mutex, PoisonError};

/// The first error of writing.
static FAILED: Mutex<Option<io::Error>> = Mutex::new(None);

/// Writes a line; what goes wrong is told when the command ends.
pub(super) fn line(words: Arguments<'_>) {
    let mut failed = FAILED.lock().unwrap_or_else(PoisonError::into_inner);
    if failed.is_none() {
        *failed = writeln!(anstream::stdout(), "{words}").err();
    }
}

/// What went wrong with writing, if anything did.
pub(super) fn failure() -> Option<io::Error> {
    let mut failed = FAILED.lock().unwrap_or_else(PoisonError::into_inner);
    failed.take().or_else(|| io::stdout().flush().err())
}

/// Writes a line to standard output, like `println!`, but never panics.
macro_rules! say {
    ($($words:tt)*) => {
        $crate::cli::output::line(format_args!($($words)*))
    };
}
pub(super) use say;
