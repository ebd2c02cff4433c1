//! The one integration binary: wiring, on real files and a real local server, never the internet.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod support;
mod tidy;
