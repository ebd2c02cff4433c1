//! What is kept between runs, in one SQLite file: items, aliases, source states, hosts. The only SQL of the project.
//!
//! One writer at a time (the run lock, and SQLite's own), many readers (WAL). Everything a poll changes is committed in one
//! transaction; a crash at any moment leaves the state before or after it. Calls block for microseconds to milliseconds.

mod archive;
mod commit;
mod error;
mod forgotten;
mod incident;
mod items;
mod lock;
mod member;
mod migrate;
mod record;
mod story;
mod transfer;

pub use archive::{Archive, Keep, Room, Shelf};
pub use commit::{Changes, Stored};
pub use error::Error;
pub use forgotten::Forgotten;
pub use incident::Incident;
pub use items::{CreditCount, Unread};
pub use lock::{Lock, Locked};
pub use record::{Published, SourceRecord, Standing};

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Params, Transaction};

use crate::event::Probe;

/// How long to wait for another process that is writing.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// How many statements stay compiled: more than there are.
const STATEMENTS: usize = 128;
/// How much of the file is kept in memory, in KiB: the upper floors of all indices of a million items.
const CACHE: i64 = 16_000;

/// An open store.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    probe: Probe,
}

impl Store {
    /// Opens the file, creating it where it is missing and bringing an older schema up to date. A damaged file or one from a newer version is
    /// refused and left as it is.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let fail = |source| Error::open(path, source);
        let mut connection = Connection::open(path).map_err(fail)?;
        prepare(&connection).map_err(fail)?;
        migrate::to_latest(&mut connection, path)?;
        Ok(Self { connection, path: path.to_path_buf(), probe: Probe::default() })
    }

    /// Opens the file to look at it only: also one that belongs to another user, or lies in a folder that cannot be written.
    pub fn open_to_read(path: &Path) -> Result<Self, Error> {
        match Self::open(path) {
            Err(error) if error.code() == "store-not-writable" && path.exists() => Self::open_as_it_is(path).ok_or(error),
            opened => opened,
        }
    }

    /// A store of this very schema, without writing. `None` where that cannot be had.
    fn open_as_it_is(path: &Path) -> Option<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let sound = |connection: &Connection| migrate::version(connection).is_ok_and(|found| found == migrate::MIGRATIONS.len());
        let plain = Connection::open_with_flags(path, flags).ok().filter(sound);
        // SQLite shares a log with whoever writes, and cannot make one here: where there is none, nobody writes.
        let alone = || {
            let log = PathBuf::from(format!("{}-wal", path.display()));
            let whole = std::fs::canonicalize(path).ok().filter(|_| !log.exists())?;
            let address = url::Url::from_file_path(whole).ok()?;
            Connection::open_with_flags(format!("{address}?immutable=1"), flags).ok().filter(sound)
        };
        let connection = plain.or_else(alone)?;
        connection.busy_timeout(BUSY_TIMEOUT).ok()?;
        Some(Self { connection, path: path.to_path_buf(), probe: Probe::default() })
    }

    /// A store that is gone when it is dropped: for `try`, and for tests.
    pub fn open_in_memory() -> Result<Self, Error> {
        let path = PathBuf::from(":memory:");
        let mut connection = Connection::open_in_memory().map_err(|source| Error::open(&path, source))?;
        migrate::to_latest(&mut connection, &path)?;
        Ok(Self { connection, path, probe: Probe::default() })
    }

    /// With a probe at every boundary.
    #[must_use]
    pub fn probed(mut self, probe: Probe) -> Self {
        self.probe = probe;
        self
    }

    /// Where the store is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Checks the whole file; the answer is empty when it is sound.
    pub fn check(&self) -> Result<Vec<String>, Error> {
        self.faults("PRAGMA integrity_check")
    }

    fn faults(&self, check: &str) -> Result<Vec<String>, Error> {
        let fail = |source| self.fail("check", source);
        let mut statement = self.connection.prepare(check).map_err(fail)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).map_err(fail)?;
        let lines: Result<Vec<String>, _> = rows.collect();
        Ok(lines.map_err(fail)?.into_iter().filter(|line| line != "ok").collect())
    }

    /// Copies the store to a file while it may be in use. A damaged one is told: its copy is no backup, and is taken away.
    pub fn backup(&self, to: &Path) -> Result<(), Error> {
        let copied = self.copy(to);
        if copied.is_err() {
            // What is wrong is told, whether the copy can be taken away or not.
            let _ = std::fs::remove_file(to);
        }
        copied
    }

    fn copy(&self, to: &Path) -> Result<(), Error> {
        const PAGES_A_STEP: std::ffi::c_int = 1_000;
        let mut target = Connection::open(to).map_err(|source| Error::open(to, source))?;
        let backup = rusqlite::backup::Backup::new(&self.connection, &mut target).map_err(|source| self.fail("back up", source))?;
        backup.run_to_completion(PAGES_A_STEP, Duration::ZERO, None).map_err(|source| self.fail("back up", source))?;
        drop(backup);
        let copy = Self { connection: target, path: self.path.clone(), probe: Probe::default() };
        // Every page and every row; that each index fits its table would take many times as long.
        match copy.faults("PRAGMA quick_check")?.into_iter().next() {
            Some(reason) => Err(Error::Unsound { path: self.path.clone(), reason }),
            None => Ok(()),
        }
    }

    fn fail(&self, action: &'static str, source: rusqlite::Error) -> Error {
        Error::from_sqlite(&self.path, action, source)
    }
}

/// Makes one change. What the statement compiles to is kept: with its triggers that costs more than the change.
fn change(connection: &Connection, query: &str, parameters: impl Params) -> rusqlite::Result<usize> {
    connection.prepare_cached(query)?.execute(parameters)
}

/// Commits, unless a probe makes it fail.
fn settle(transaction: Transaction<'_>, probe: &Probe) -> rusqlite::Result<()> {
    fault(probe, "commit")?;
    transaction.commit()?;
    fault(probe, "committed")
}

/// The fault that a probe wants here, as SQLite would tell it.
fn fault(probe: &Probe, boundary: &'static str) -> rusqlite::Result<()> {
    const NO_SPACE: i32 = 28;
    let Some(code) = probe.at(boundary) else { return Ok(()) };
    let code = if code == NO_SPACE { rusqlite::ffi::SQLITE_FULL } else { rusqlite::ffi::SQLITE_IOERR };
    Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None))
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "cache_size", -CACHE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // A power cut may lose the last commit under NORMAL; FULL keeps the promise that what was told is kept.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")
}

#[cfg(test)]
mod tests;
