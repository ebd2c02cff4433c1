//! One run at a time: a lock that the operating system frees when its process dies, however it dies.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::Error;

/// A held lock; dropped, it is free.
#[derive(Debug)]
pub struct Lock {
    file: File,
    after_kill: bool,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // An empty file says that its holder came to its end. If this fails, the next run is a little more patient than it need be.
        let _ = self.file.set_len(0);
        // A process that was just forked elsewhere in this program may still hold a copy of the file: closing ours would not free the lock.
        let _ = self.file.unlock();
    }
}

/// What asking for the lock came to.
#[derive(Debug)]
pub enum Locked {
    /// This process holds it.
    Held(Lock),
    /// Another process does; this is what it wrote of itself.
    Busy(String),
}

impl Lock {
    /// Asks for the lock beside a store.
    pub fn take(store: &Path, now: Timestamp) -> Result<Locked, Error> {
        let path = PathBuf::from(format!("{}.lock", store.display()));
        let fail = |source| Error::LockFile { path: path.clone(), source };
        let mut file = OpenOptions::new().create(true).read(true).write(true).truncate(false).open(&path).map_err(fail)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // What the holder wrote is only for the message.
                let _ = file.read_to_string(&mut holder);
                return Ok(Locked::Busy(holder.trim().to_owned()));
            }
            Err(TryLockError::Error(source)) => return Err(fail(source)),
        }
        let after_kill = file.metadata().map_err(fail)?.len() > 0;
        file.set_len(0).and_then(|()| file.rewind()).map_err(fail)?;
        writeln!(file, "process {} since {}", std::process::id(), now.strftime("%Y-%m-%d %H:%M:%SZ")).map_err(fail)?;
        Ok(Locked::Held(Self { file, after_kill }))
    }

    /// Whether the run before this one was killed, so that it could not keep all that it knew.
    pub fn is_after_kill(&self) -> bool {
        self.after_kill
    }
}
