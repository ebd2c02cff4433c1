//! The one integration binary: wiring, on real files and a real local server, never the internet.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]
#![allow(unreachable_pub, reason = "one binary, many modules")]
#![allow(clippy::print_stdout, reason = "what a long test measured, and why one was skipped")]

mod add;
mod batch;
mod crash;
mod crowd;
mod faults;
mod history;
mod hostile;
mod manners;
mod newsboat;
mod newsroom;
mod proxies;
mod readers;
mod recheck;
mod render;
mod repair;
mod sources;
mod support;
mod tidy;
mod trouble;
mod upkeep;
mod verbose;
mod walls;
mod whole;
mod whole_line;
mod workplace;
mod year;
