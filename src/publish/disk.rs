//! The one door to feed files: replaced whole or not at all, and left alone when nothing changed.
//!
//! A file is written beside its target, flushed, renamed over it, and the folder flushed, so that a reader or a crash sees the
//! old file or the new one and never a part. Equal bytes leave the file, and its time of change, as they are: web servers
//! then answer 304.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Error;
use crate::event::Probe;

/// How temporary files begin, so that those of a killed run are known and swept.
const TEMPORARY_PREFIX: &str = ".feedwright-";
const TEMPORARY_SUFFIX: &str = ".tmp";

/// A directory that feeds are published in.
#[derive(Debug)]
pub struct Disk {
    directory: PathBuf,
    /// The files that stand in it and in its folders: asked for by the thousand, read once.
    standing: RefCell<BTreeSet<String>>,
    probe: Probe,
}

impl Disk {
    /// Opens the directory, creating it where it is missing, and sweeps what a killed run left half written.
    pub fn open(directory: &Path) -> Result<Self, Error> {
        fs::create_dir_all(directory).map_err(|source| failed("create", directory, source))?;
        let standing = sweep(directory)?;
        Ok(Self { directory: directory.to_path_buf(), standing: RefCell::new(standing), probe: Probe::default() })
    }

    /// With a probe at every boundary.
    #[must_use]
    pub fn probed(mut self, probe: Probe) -> Self {
        self.probe = probe;
        self
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
        let fault = |boundary| self.probe.at(boundary).map_or(Ok(()), |code| Err(io::Error::from_raw_os_error(code)));
        let mut temporary = fault("create")
            .and_then(|()| tempfile::Builder::new().prefix(TEMPORARY_PREFIX).suffix(TEMPORARY_SUFFIX).tempfile_in(folder))
            .map_err(|source| failed("create a file in", folder, source))?;
        let written = fault("write").and_then(|()| write_synced(temporary.as_file_mut(), bytes, &path)).and_then(|()| fault("flushed"));
        written.map_err(|source| failed("write", &path, source))?;
        fault("rename").map_err(|source| failed("replace", &path, source))?;
        temporary.persist(&path).map_err(|error| failed("replace", &path, error.error))?;
        let flushed = fault("renamed").and_then(|()| File::open(folder)).and_then(|folder| folder.sync_all());
        flushed.map_err(|source| failed("flush", folder, source))?;
        self.standing.borrow_mut().insert(name.to_owned());
        Ok(true)
    }

    /// Whether the file is there.
    pub fn has(&self, name: &str) -> bool {
        self.standing.borrow().contains(name)
    }

    /// How many files begin like this.
    pub fn count(&self, prefix: &str) -> usize {
        self.standing.borrow().range(prefix.to_owned()..).take_while(|name| name.starts_with(prefix)).count()
    }

    /// Removes a file; it may be missing.
    pub fn remove(&self, name: &str) -> Result<(), Error> {
        let path = self.directory.join(name);
        self.standing.borrow_mut().remove(name);
        match fs::remove_file(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => Err(failed("remove", &path, source)),
            _ => Ok(()),
        }
    }

    /// The same without opening the directory for writing; empty where it cannot be read.
    pub fn list(directory: &Path) -> Vec<String> {
        look(directory, &|_| false).unwrap_or_default().into_iter().collect()
    }

    /// The names of all files in the directory and in its folders, sorted, so that those of removed sources can be told.
    pub fn names(&self) -> Vec<String> {
        self.standing.borrow().iter().cloned().collect()
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

/// Removes what a killed run left, and gives the names of the rest.
fn sweep(directory: &Path) -> Result<BTreeSet<String>, Error> {
    let remove = |path: &Path| {
        // Another process may have swept it first.
        let _ = fs::remove_file(path);
        true
    };
    look(directory, &remove).map_err(|source| failed("read", directory, source))
}

/// The files in a directory and in its folders: one deep, as deep as feeds are ever written. `left` is asked for what was left half written.
fn look(directory: &Path, left: &dyn Fn(&Path) -> bool) -> io::Result<BTreeSet<String>> {
    let mut standing = BTreeSet::new();
    let is_left = |name: &str, path: &Path| name.starts_with(TEMPORARY_PREFIX) && name.ends_with(TEMPORARY_SUFFIX) && left(path);
    for entry in fs::read_dir(directory)?.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && !name.starts_with('.') {
            for inner in fs::read_dir(entry.path()).into_iter().flatten().filter_map(Result::ok) {
                let below = inner.file_name().to_string_lossy().into_owned();
                if !is_left(&below, &inner.path()) {
                    standing.insert(format!("{name}/{below}"));
                }
            }
        } else if !is_left(&name, &entry.path()) && (!entry.file_type().is_ok_and(|kind| kind.is_symlink()) || entry.path().exists()) {
            standing.insert(name);
        }
    }
    Ok(standing)
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
