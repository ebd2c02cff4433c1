//! Disks and stores that fail: a clear error, exit code 3, and everything as before.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output, Stdio};

use feedwright::store::Store;

use crate::newsroom;
use crate::workplace::Workplace;

#[track_caller]
fn check_stopped(output: &Output, words: &str) {
    let talk = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{talk}");
    assert!(talk.starts_with("error: ") && talk.contains(words), "{talk}");
}

#[test]
fn a_feed_directory_that_cannot_be_written_stops_the_run_before_it_asks_anyone() {
    let site = newsroom::site(4);
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 50));
    fs::write(workplace.path("feeds"), "a file, where a directory should be").unwrap();
    check_stopped(&workplace.run(&["run"]), "feeds");
    assert!(site.log().is_empty());
}

#[test]
fn a_feed_file_that_cannot_be_replaced_is_told_and_comes_later() {
    let site = newsroom::site(4);
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 50));
    fs::create_dir_all(workplace.path("feeds/courier.atom.xml/x")).unwrap();
    check_stopped(&workplace.run(&["run"]), "courier.atom.xml");
    fs::remove_dir_all(workplace.path("feeds/courier.atom.xml")).unwrap();
    workplace.succeed(&["run"]);
    assert_eq!(workplace.feed("courier.atom.xml").entries.len(), 4);
}

#[test]
fn a_store_that_another_program_holds_is_told() {
    let site = newsroom::site(4);
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 50));
    workplace.succeed(&["run"]);
    let before = workplace.feeds();
    let other = rusqlite::Connection::open(workplace.path("feedwright.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    check_stopped(&workplace.run(&["run", "--force"]), "another program holds the store");
    assert_eq!(workplace.feeds(), before);
    other.execute_batch("ROLLBACK").unwrap();
    workplace.succeed(&["run", "--force"]);
}

#[test]
fn a_damaged_store_is_told_and_left_as_it_is() {
    let site = newsroom::site(30);
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 50));
    workplace.succeed(&["run"]);
    let feeds = workplace.feeds();
    let path = workplace.path("feedwright.db");
    let mut bytes = fs::read(&path).unwrap();
    // All but the first page, which holds the list of tables.
    for byte in bytes.iter_mut().skip(4096) {
        *byte = 0x5a;
    }
    fs::write(&path, &bytes).unwrap();
    for command in [["run", "--force"].as_slice(), &["status"], &["export", "--items"], &["backup", "copy.db"]] {
        let output = workplace.run(command);
        assert_eq!(output.status.code(), Some(3), "{command:?}: {output:?}");
    }
    assert!(fs::read(&path).unwrap() == bytes, "the damaged file was written to");
    assert_eq!(workplace.feeds(), feeds);
}

/// Every write beyond so many kilobytes fails, in the store as in the feeds, as if the disk were broken there.
#[test]
fn a_disk_that_fails_at_any_size_loses_nothing() {
    let site = newsroom::site(12);
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 6));
    workplace.succeed(&["run"]);
    let before = workplace.feeds();
    let mut stopped = 0;
    for blocks in [1, 4, 8, 16, 32, 64, 96, 128, 160] {
        fs::remove_dir_all(workplace.path("feeds")).unwrap();
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec {} run --force", env!("CARGO_BIN_EXE_feedwright"));
        let output = Command::new("sh").args(["-c", &script]).current_dir(workplace.path("")).env_clear().output().unwrap();
        let talk = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(matches!(output.status.code(), Some(0 | 3)), "{blocks}: {:?} {talk}", output.status);
        stopped += usize::from(output.status.code() == Some(3));
        assert!(Store::open(&workplace.path("feedwright.db")).unwrap().check().unwrap().is_empty());
        workplace.succeed(&["run", "--force"]);
        let bytes = |files: Vec<(String, Vec<u8>, _)>| files.into_iter().map(|(name, bytes, _)| (name, bytes)).collect::<Vec<_>>();
        assert!(bytes(workplace.feeds()) == bytes(before.clone()), "after {blocks} blocks");
    }
    assert!(stopped >= 2, "{stopped}");
}

/// A small file system of its own, filled up and then made read-only. Needs the right to mount one.
#[test]
fn a_full_and_a_read_only_disk_leave_everything_as_it_was() {
    let site = newsroom::site(12);
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 6));
    let script = r#"
        mkdir disk && mount -t tmpfs -o size=3m none disk 2>/dev/null || exit 77
        cp config.toml disk/ && cd disk || exit 10
        "$BIN" run || exit 11
        mkdir ../before && cp -a feeds feedwright.db ../before/
        rm -r feeds/courier.*
        dd if=/dev/zero of=filler bs=1k 2>/dev/null
        "$BIN" run --force 2>../full; [ $? = 3 ] || exit 12
        rm filler
        "$BIN" run --force || exit 13
        diff -r feeds ../before/feeds || exit 14
        mount -o remount,ro . || exit 15
        "$BIN" run --force 2>../readonly; [ $? = 3 ] || exit 16
        diff -r feeds ../before/feeds || exit 17
        mount -o remount,rw . || exit 18
        "$BIN" run --force || exit 19
        diff -r feeds ../before/feeds || exit 20
    "#;
    let mut command = Command::new("unshare");
    command.args(["--mount", "sh", "-c", script]).current_dir(workplace.path("")).env("BIN", env!("CARGO_BIN_EXE_feedwright"));
    let Ok(output) = command.stdin(Stdio::null()).output() else { return println!("skipped: no `unshare` here") };
    let talk = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.code() == Some(77) || talk.contains("unshare: ") {
        return println!("skipped: this user may not mount a file system");
    }
    let said = |name: &str| fs::read_to_string(workplace.path(name)).unwrap_or_default();
    assert!(output.status.success(), "{:?} {talk}\nfull: {}\nread-only: {}", output.status.code(), said("full"), said("readonly"));
    assert!(said("full").contains("hint: make room on the disk"), "{}", said("full"));
    assert!(said("readonly").contains("error: "), "{}", said("readonly"));
}

/// Someone who may read and not write. For root, to whom no permission is denied, the run is made by another user.
#[test]
fn a_missing_permission_is_told() {
    use std::os::unix::process::CommandExt;
    let site = newsroom::site(4);
    let workplace = Workplace::new(&newsroom::config(&site.url("/"), 50));
    workplace.succeed(&["run"]);
    let before = workplace.feeds();
    fs::remove_file(workplace.path("feeds/courier.json")).unwrap();
    let open = |path: &str, mode: u32| fs::set_permissions(workplace.path(path), fs::Permissions::from_mode(mode)).unwrap();
    open("", 0o777);
    for entry in fs::read_dir(workplace.path("")).unwrap().filter_map(Result::ok).filter(|entry| entry.path().is_file()) {
        open(&entry.file_name().to_string_lossy(), 0o666);
    }
    open("feeds", 0o555);
    let mut command = Command::new(env!("CARGO_BIN_EXE_feedwright"));
    command.args(["run", "--force"]).current_dir(workplace.path("")).env_clear().stdin(Stdio::null());
    let is_root = fs::metadata("/proc/self").is_ok_and(|metadata| std::os::unix::fs::MetadataExt::uid(&metadata) == 0);
    if is_root {
        command.uid(65_534);
    }
    match command.output() {
        Ok(output) => check_stopped(&output, "let the user that runs feedwright write"),
        Err(error) => println!("skipped: another user cannot start the program here: {error}"),
    }
    open("feeds", 0o755);
    workplace.succeed(&["run", "--force"]);
    let bytes = |files: Vec<(String, Vec<u8>, _)>| files.into_iter().map(|(name, bytes, _)| (name, bytes)).collect::<Vec<_>>();
    assert!(bytes(workplace.feeds()) == bytes(before));
}
