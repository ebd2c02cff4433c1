//! The one door to feed files: replaced whole or not at all, and left alone when nothing changed.
//!
//! A file is written beside its target, flushed, renamed over it, and the folder flushed, so that a reader or a crash sees the
//! old file or the new one and never a part. Equal bytes leave the file, and its time of change, as they are: web servers
//! then answer 304.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Error;

/// How temporary files begin, so that those of a killed run are known and swept.
const TEMPORARY_PREFIX: &str = ".feedwright-";
const TEMPORARY_SUFFIX: &str = ".tmp";

/// A directory that feeds are published in.
#[derive(Debug, Clone)]
pub struct Disk {
    directory: PathBuf,
}

impl Disk {
    /// Opens the directory, creating it where it is missing, and sweeps what a killed run left half written.
    pub fn open(directory: &Path) -> Result<Self, Error> {
        fs::create_dir_all(directory).map_err(|source| failed("create", directory, source))?;
        sweep(directory)?;
        Ok(Self { directory: directory.to_path_buf() })
    }

    /// The directory.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Puts a file in place; says whether it had to be written. `name` may hold one sub-directory.
    pub fn put(&self, name: &str, bytes: &[u8]) -> Result<bool, Error> {
        let path = self.target(name)?;
        let before = read(&path)?;
        if before.as_deref() == Some(bytes) {
            return Ok(false);
        }
        let folder = path.parent().unwrap_or(&self.directory);
        let mut temporary = tempfile::Builder::new()
            .prefix(TEMPORARY_PREFIX)
            .suffix(TEMPORARY_SUFFIX)
            .tempfile_in(folder)
            .map_err(|source| failed("create a file in", folder, source))?;
        write_synced(temporary.as_file_mut(), bytes, &path).map_err(|source| failed("write", &path, source))?;
        temporary.persist(&path).map_err(|error| failed("replace", &path, error.error))?;
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(|source| failed("flush", folder, source))?;
        Ok(true)
    }

    /// Whether the file is there.
    pub fn has(&self, name: &str) -> bool {
        self.directory.join(name).exists()
    }

    /// Removes a file; it may be missing.
    pub fn remove(&self, name: &str) -> Result<(), Error> {
        let path = self.directory.join(name);
        match fs::remove_file(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => Err(failed("remove", &path, source)),
            _ => Ok(()),
        }
    }

    /// The names of all feed files in the directory, sorted, so that files of removed sources can be told.
    pub fn names(&self) -> Result<Vec<String>, Error> {
        let entries = fs::read_dir(&self.directory).map_err(|source| failed("read", &self.directory, source))?;
        let mut names: Vec<String> = entries.filter_map(Result::ok).filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        Ok(names)
    }

    /// Where the bytes go: a link is followed, so that it stays a link and its target is replaced.
    fn target(&self, name: &str) -> Result<PathBuf, Error> {
        let path = self.directory.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|source| failed("create", folder, source))?;
        }
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_symlink() => fs::canonicalize(&path).map_err(|source| failed("follow the link", &path, source)),
            _ => Ok(path),
        }
    }
}

fn sweep(directory: &Path) -> Result<(), Error> {
    let entries = fs::read_dir(directory).map_err(|source| failed("read", directory, source))?;
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(TEMPORARY_PREFIX) && name.ends_with(TEMPORARY_SUFFIX) {
            // Another process may have swept it first.
            let _ = fs::remove_file(entry.path());
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let mut bytes = Vec::new();
    match File::open(path) {
        Ok(mut file) => {
            file.read_to_end(&mut bytes).map_err(|source| failed("read", path, source))?;
            Ok(Some(bytes))
        }
        Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(failed("read", path, source)),
    }
}

fn write_synced(file: &mut File, bytes: &[u8], target: &Path) -> io::Result<()> {
    file.write_all(bytes)?;
    let before = fs::metadata(target).ok();
    set_mode(file, before.as_ref())?;
    if let Some(before) = before
        && before.len() == bytes.len() as u64
    {
        // Web servers make an ETag of the time in seconds and the size: two changes within a second must not share one.
        let last = before.modified()?;
        if last.elapsed().is_ok_and(|age| age < Duration::from_secs(1)) {
            file.set_modified(last + Duration::from_secs(1))?;
        }
    }
    file.sync_all()
}

/// Keeps the mode of the file that is replaced; a new one is readable by all, as what a web server shows must be.
#[cfg(unix)]
fn set_mode(file: &File, before: Option<&fs::Metadata>) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = before.map_or(0o644, |metadata| metadata.permissions().mode() & 0o777);
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_file: &File, _before: Option<&fs::Metadata>) -> io::Result<()> {
    Ok(())
}

fn failed(action: &'static str, path: &Path, source: io::Error) -> Error {
    Error::Disk { action, path: path.to_path_buf(), source }
}
