//! A folder with a `config.toml`, and the real program run in it as cron would: no terminal, a bare environment.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// Where one test's configuration, store and feeds live.
pub struct Workplace {
    folder: TempDir,
}

impl Workplace {
    /// A folder with this configuration.
    pub fn new(config: &str) -> Self {
        Self::in_folder(tempfile::tempdir().unwrap(), config)
    }

    /// The same in memory, where the machine has such a place: for thousands of runs, each of which would wait for the disk.
    pub fn in_memory(config: &str) -> Self {
        Self::in_folder(Self::folder_in_memory(), config)
    }

    /// A folder in memory, where the machine has such a place.
    pub fn folder_in_memory() -> TempDir {
        tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
    }

    fn in_folder(folder: TempDir, config: &str) -> Self {
        let workplace = Self { folder };
        fs::write(workplace.path("config.toml"), config).unwrap();
        workplace
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs the program and wants it to succeed in silence; gives what it printed on stdout.
    #[track_caller]
    pub fn succeed(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let talk = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {:?}\n{talk}", output.status.code());
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs the program to its end, and says what its memory was at its largest, in bytes.
    ///
    /// The kernel keeps the high-water mark (`VmHWM`); it is read every few milliseconds, for it is gone with the process.
    pub fn measure(&self, arguments: &[&str]) -> (Output, u64) {
        let child = self.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let status = format!("/proc/{}/status", child.id());
        let done = Arc::new(AtomicBool::new(false));
        let ended = Arc::clone(&done);
        let watcher = thread::spawn(move || {
            let mut peak = 0;
            while !ended.load(Ordering::Relaxed) {
                peak = fs::read_to_string(&status).ok().and_then(|status| high_water_mark(&status)).unwrap_or(0).max(peak);
                thread::sleep(Duration::from_millis(2));
            }
            peak
        });
        let output = child.wait_with_output().unwrap();
        done.store(true, Ordering::Relaxed);
        (output, watcher.join().unwrap())
    }

    /// Starts the program, to be killed.
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// A published feed, read with a parser that is not the writer's.
    #[track_caller]
    pub fn feed(&self, file: &str) -> feed_rs::model::Feed {
        feed_rs::parser::parse(self.bytes(&format!("feeds/{file}")).as_slice()).unwrap()
    }

    /// The bytes of a file.
    #[track_caller]
    pub fn bytes(&self, file: &str) -> Vec<u8> {
        fs::read(self.path(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    /// Every file below `feeds/` with its bytes and its time of change.
    pub fn feeds(&self) -> Vec<(String, Vec<u8>, std::time::SystemTime)> {
        let mut files = Vec::new();
        collect(&self.path("feeds"), &mut files);
        files.sort();
        files
    }

    /// Copies the feeds to the folder that `FEEDWRIGHT_TEST_KEEP` names, if it does: for a look at them by hand, or by a validator.
    pub fn keep(&self) {
        let Ok(folder) = std::env::var("FEEDWRIGHT_TEST_KEEP") else { return };
        for (name, bytes, _) in self.feeds() {
            let path = Path::new(&folder).join(Path::new(&name).strip_prefix(self.path("feeds")).unwrap());
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }

    /// The program, to be changed before it is run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_feedwright"));
        command.args(arguments).current_dir(self.folder.path()).env_clear().env("TZ", "UTC").stdin(Stdio::null());
        command
    }
}

fn high_water_mark(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()? * 1024)
}

fn collect(folder: &Path, files: &mut Vec<(String, Vec<u8>, std::time::SystemTime)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let changed = entry.metadata().unwrap().modified().unwrap();
            files.push((path.display().to_string(), fs::read(&path).unwrap(), changed));
        }
    }
}
