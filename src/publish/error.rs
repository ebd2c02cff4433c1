//! What can go wrong while publishing.

use std::io;
use std::path::PathBuf;

/// Publishing failed; what stood before still stands.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder of the feed directory could not be written.
    #[error("cannot {action} `{path}`")]
    Disk {
        /// What was tried: `create`, `write`, `replace`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// A feed could not be put into words; this is a defect of feedwright.
    #[error("cannot render the feed `{feed}`: {reason}")]
    Render {
        /// The feed's name.
        feed: String,
        /// What the writer said.
        reason: String,
    },
}

impl Error {
    /// Whether trying again later may help.
    pub fn is_transient(&self) -> bool {
        matches!(self, Error::Disk { .. })
    }

    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Disk { source, .. } => match source.kind() {
                io::ErrorKind::StorageFull => "disk-full",
                io::ErrorKind::ReadOnlyFilesystem => "disk-read-only",
                io::ErrorKind::PermissionDenied => "disk-permission",
                _ => "disk",
            },
            Error::Render { .. } => "render",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self.code() {
            "disk-full" => Some("make room on the disk; the next run writes what is missing"),
            "disk-read-only" => Some("set `publish.dir` to a directory on a writable file system"),
            "disk-permission" => Some("let the user that runs feedwright write to `publish.dir`"),
            _ => None,
        }
    }
}
