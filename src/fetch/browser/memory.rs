//! A bound on the memory of the browser's processes: a page can grow its tree by hundreds of megabytes a second.
//!
//! The process that grew too large is ended, and with it its page; the other pages go on. Only where the system has `/proc`.

use std::fs;
use std::time::Duration;

/// More memory, in KiB, takes no page that is worth reading: heavy applications need some 400 MiB.
const MOST_KIB: u64 = 1 << 20;
/// How often it is looked.
const EVERY: Duration = Duration::from_millis(250);

/// Watches the processes of one group until it is stopped.
pub(super) async fn watch(group: u32) {
    loop {
        tokio::time::sleep(EVERY).await;
        let looked = tokio::task::spawn_blocking(move || {
            for process in processes().filter(|&process| group_of(process) == Some(group)) {
                if resident_kib(process).is_some_and(|size| size > MOST_KIB) {
                    tracing::info!(process, "a process of the browser took too much memory");
                    kill(process);
                }
            }
        });
        if looked.await.is_err() {
            return;
        }
    }
}

fn processes() -> impl Iterator<Item = u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().filter_map(Result::ok);
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

/// The fifth field of the line; the second, a name in brackets, may hold anything.
fn group_of(process: u32) -> Option<u32> {
    let line = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    line.rsplit_once(')')?.1.split_whitespace().nth(2)?.parse().ok()
}

fn resident_kib(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(unix)]
fn kill(process: u32) {
    let process = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw);
    if let Some(process) = process {
        // It may have ended already.
        let _ = rustix::process::kill_process(process, rustix::process::Signal::KILL);
    }
}

#[cfg(not(unix))]
fn kill(_: u32) {}
