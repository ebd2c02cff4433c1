//! What can go wrong with the store.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// The store could not be used. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be opened or created.
    #[error("cannot open the store `{path}`")]
    Open {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        #[source]
        source: rusqlite::Error,
    },
    /// The file is no store, or is damaged.
    #[error("the store `{path}` is damaged or is no feedwright store")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        #[source]
        source: rusqlite::Error,
    },
    /// The file is damaged somewhere.
    #[error("the store `{path}` is damaged: {reason}")]
    Unsound {
        /// The file.
        path: PathBuf,
        /// What the check of all of it found first.
        reason: String,
    },
    /// The file was written by a newer version.
    #[error("the store `{path}` has schema {found}; this version of feedwright knows up to {known}")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: usize,
        /// The latest schema that this version knows.
        known: usize,
    },
    /// An operation failed.
    #[error("cannot {action} in the store `{path}`")]
    Use {
        /// What was tried.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        #[source]
        source: rusqlite::Error,
    },
    /// Stored data cannot be read back.
    #[error("the store `{path}` holds data that cannot be read: {reason}")]
    Data {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The lock file cannot be used.
    #[error("cannot use the lock file `{path}`")]
    LockFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

impl Error {
    pub(super) fn open(path: &Path, source: rusqlite::Error) -> Self {
        if is_damage(&source) { Self::Damaged { path: path.into(), source } } else { Self::Open { path: path.into(), source } }
    }

    pub(super) fn from_sqlite(path: &Path, action: &'static str, source: rusqlite::Error) -> Self {
        if is_damage(&source) { Self::Damaged { path: path.into(), source } } else { Self::Use { action, path: path.into(), source } }
    }

    /// Whether trying again later may help.
    pub fn is_transient(&self) -> bool {
        matches!(self.code(), "store-busy" | "store-full" | "store-io" | "store")
    }

    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Damaged { .. } | Self::Unsound { .. } => "store-damaged",
            Self::Newer { .. } => "store-newer",
            Self::Data { .. } => "store-data",
            Self::LockFile { source, .. } => match source.kind() {
                io::ErrorKind::StorageFull => "store-full",
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "store-not-writable",
                _ => "lock-file",
            },
            Self::Open { source, .. } | Self::Use { source, .. } => match source.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => "store-busy",
                Some(ErrorCode::DiskFull) => "store-full",
                Some(ErrorCode::SystemIoFailure) => "store-io",
                Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => "store-not-writable",
                _ => "store",
            },
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self.code() {
            "store-damaged" => Some("it was left as it is: restore a backup, or move it away to start anew"),
            "store-newer" => Some("update feedwright, or set `store` to another file"),
            "store-busy" => Some("another program holds the store; try again when it has ended"),
            "store-full" => Some("make room on the disk; nothing was lost"),
            "store-io" => Some("make room on the disk, or look whether it fails; nothing was lost"),
            "store-not-writable" => Some("let the user that runs feedwright write to the file and its folder"),
            _ => None,
        }
    }
}

fn is_damage(source: &rusqlite::Error) -> bool {
    matches!(source.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}
