//! The browser's process: found, started without a network of its own, and ended with all its children whatever happens.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;
use tokio::process::{ChildStdin, ChildStdout};

use super::super::error::Error;
use super::super::options::Options;
use super::memory;

/// What browsers of the kind are called, best first.
const NAMES: [&str; 7] =
    ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "chrome-headless-shell", "headless_shell"];
/// Where they are besides `PATH`, which under cron is short.
const PLACES: [&str; 5] = ["/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/google/chrome", "/Applications/Chromium.app/Contents/MacOS"];
/// The environment variable that names a browser.
const VARIABLE: &str = "FEEDWRIGHT_CHROMIUM";
/// How profiles of browsers are called; those of runs that were killed are found by it.
const PROFILE: &str = "feedwright-browser-";
/// A profile that nobody has touched for so long belongs to a run that was killed.
const STALE: Duration = Duration::from_secs(24 * 3600);
/// The shell moves the two pipes to where the browser looks for them, which takes no unsafe code and leaves its own input and output empty.
const MOVE_PIPES: &str = "exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null";
/// How long it is waited for the end of a killed process.
const END: Duration = Duration::from_secs(2);

/// No network, no windows, nothing of the user's, nothing on its own initiative.
///
/// Names resolve to nothing, and what needs no name (`WebSocket`, workers, pings) is led to a port that only root could open: a request
/// that does not come back through `door` goes nowhere.
const ARGUMENTS: [&str; 27] = [
    "--headless",
    "--remote-debugging-pipe",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--no-service-autorun",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-sync",
    "--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,InterestFeedContentSuggestions",
    "--metrics-recording-only",
    "--mute-audio",
    "--password-store=basic",
    "--js-flags=--max-old-space-size=256",
    "--window-size=1280,1600",
];

/// A running browser. Dropped, it is killed, and its profile removed.
pub(super) struct Process {
    child: Child,
    path: PathBuf,
    profile: Option<TempDir>,
    watch: tokio::task::JoinHandle<()>,
}

impl Process {
    /// Starts a browser in a profile of its own; gives the pipe to write to and the one to read from.
    pub(super) fn start(options: &Options) -> Result<(Self, ChildStdin, ChildStdout), Error> {
        let fail = |why: String| Error::NoBrowser { why };
        let path = find_browser(options)?;
        let sandbox = keeps_sandbox(options)?;
        remove_stale();
        let profile =
            tempfile::Builder::new().prefix(PROFILE).tempdir().map_err(|error| fail(format!("no place for a profile: {error}")))?;
        let talk = fs::File::create(talk_of(&profile)).map_err(|error| fail(format!("no place for a profile: {error}")))?;
        let mut command = Command::new("/bin/sh");
        command.args(["-c", MOVE_PIPES]).arg(&path).args(ARGUMENTS).arg(format!("--user-data-dir={}", profile.path().display()));
        if !sandbox {
            tracing::info!("the browser runs without a sandbox");
            command.arg("--no-sandbox");
        }
        command.arg("about:blank");
        // Secrets of feedwright's environment are none of the browser's business.
        command.env_clear().env("PATH", PLACES.join(":") + ":/bin").env("HOME", profile.path()).env("TMPDIR", profile.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(talk);
        in_own_group(&mut command);
        let mut child = command.spawn().map_err(|error| fail(format!("{} does not start: {error}", path.display())))?;
        let pipes = (child.stdin.take(), child.stdout.take());
        let watch = tokio::spawn(memory::watch(child.id()));
        let process = Self { child, path, profile: Some(profile), watch };
        let (Some(input), Some(output)) = pipes else { return Err(fail("no pipe to the browser".to_owned())) };
        let adopt = |error: std::io::Error| fail(format!("no pipe to the browser: {error}"));
        Ok((process, ChildStdin::from_std(input).map_err(adopt)?, ChildStdout::from_std(output).map_err(adopt)?))
    }

    pub(super) fn name(&self) -> String {
        format!("`{}`", self.path.display())
    }

    /// The last thing that the browser said before it ended, of what says why.
    pub(super) fn last_words(&self) -> String {
        let text = self.profile.as_ref().and_then(|profile| fs::read(talk_of(profile)).ok()).unwrap_or_default();
        let text = String::from_utf8_lossy(text.get(text.len().saturating_sub(8 << 10)..).unwrap_or_default()).into_owned();
        let telling = |line: &&str| line.contains("FATAL") || line.contains("sandbox") || line.contains("not found");
        let lines = || text.lines().filter(|line| !line.trim().is_empty());
        let line = lines().find(telling).or_else(|| lines().next_back()).unwrap_or("it said nothing");
        line.chars().filter(|c| !c.is_control()).take(300).collect()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.watch.abort();
        kill_group(&mut self.child);
        let mut waited = Duration::ZERO;
        let step = Duration::from_millis(10);
        while waited < END && matches!(self.child.try_wait(), Ok(None)) {
            std::thread::sleep(step);
            waited += step;
        }
        // Its children die a moment later, and may write until then.
        let Some(profile) = self.profile.take().map(TempDir::keep) else { return };
        for _ in 0..20 {
            if fs::remove_dir_all(&profile).is_ok() || !profile.exists() {
                return;
            }
            std::thread::sleep(step);
        }
    }
}

fn talk_of(profile: &TempDir) -> PathBuf {
    profile.path().join("feedwright-stderr.txt")
}

#[cfg(unix)]
fn in_own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    // A group of its own can be killed as one, and a Ctrl-C at the terminal is left to feedwright.
    command.process_group(0);
}

#[cfg(not(unix))]
fn in_own_group(_: &mut Command) {}

#[cfg(unix)]
fn kill_group(child: &mut Child) {
    let group = rustix::process::Pid::from_child(child);
    // It may have ended already.
    let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    let _ = child.kill();
}

#[cfg(not(unix))]
fn kill_group(child: &mut Child) {
    let _ = child.kill();
}

/// The Chromium that renders pages: the one that is named, or the first that is found.
pub fn find_browser(options: &Options) -> Result<PathBuf, Error> {
    if cfg!(not(unix)) {
        return Err(Error::NoBrowser { why: "pages are rendered on Unix systems only".to_owned() });
    }
    let named = options.chromium.clone().or_else(|| std::env::var_os(VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from));
    if let Some(path) = named {
        let missing = || Error::NoBrowser { why: format!("there is no browser at `{}`", path.display()) };
        return if path.is_file() { Ok(path) } else { Err(missing()) };
    }
    let listed = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&listed).chain(PLACES.iter().map(PathBuf::from)).collect();
    let candidates = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let found =
        candidates.chain([PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")]).find(|path| path.is_file());
    found.ok_or_else(|| Error::NoBrowser { why: "no Chromium was found".to_owned() })
}

/// Whether the browser keeps the walls between its pages and the system. Strangers' scripts run in it, so they are taken down only where the
/// configuration says so, or where Chromium cannot have them and a container stands in their place: for root, inside of one.
fn keeps_sandbox(options: &Options) -> Result<bool, Error> {
    match options.chromium_sandbox {
        Some(wanted) => Ok(wanted),
        None if !is_root() => Ok(true),
        None if is_contained() => Ok(false),
        None => Err(Error::NoBrowser {
            why: "Chromium keeps its sandbox for ordinary users only, and this is root outside of a container".to_owned(),
        }),
    }
}

#[cfg(unix)]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

/// Whether this is the inside of a container, as far as container engines say so.
fn is_contained() -> bool {
    let marked = ["/.dockerenv", "/run/.containerenv", "/run/systemd/container"].iter().any(|mark| Path::new(mark).exists());
    marked || std::env::var_os("container").is_some() || std::env::var_os("KUBERNETES_SERVICE_HOST").is_some()
}

/// Removes what runs left behind that were killed before they could.
fn remove_stale() {
    let Ok(entries) = fs::read_dir(std::env::temp_dir()) else { return };
    let is_stale = |entry: &fs::DirEntry| {
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        let age = modified.ok().and_then(|modified| SystemTime::now().duration_since(modified).ok());
        entry.file_name().to_string_lossy().starts_with(PROFILE) && age.is_some_and(|age| age > STALE)
    };
    for entry in entries.filter_map(Result::ok).filter(is_stale) {
        let _ = fs::remove_dir_all(entry.path());
    }
}
