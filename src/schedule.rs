//! When a source is due: by its configured interval, the site's own rhythm and freshness, and its failures.
//!
//! Pure: the jitter that keeps sources from failing in step comes from the source's name.

use std::time::Duration;

use jiff::Timestamp;

/// The longest wait after failures, whatever the interval.
const LONGEST_BACKOFF: Duration = Duration::from_secs(86_400);
/// How much sooner than its interval a source may be polled: cron's minute is not exact.
const SLACK: Duration = Duration::from_secs(30);
/// A server's word on freshness is followed up to this multiple of the interval.
const FRESHNESS_LIMIT: u32 = 4;

/// What decides when a source is polled next.
#[derive(Debug, Clone, Copy)]
pub struct Rhythm {
    /// The configured interval.
    pub every: Duration,
    /// How long the server says that the listing stays fresh.
    pub fresh_for: Option<Duration>,
    /// Failures in a row.
    pub failures: u32,
}

/// When the source is due next.
pub fn next_due(name: &str, rhythm: &Rhythm, now: Timestamp) -> Timestamp {
    let mut wait = rhythm.every;
    if let Some(fresh) = rhythm.fresh_for {
        wait = wait.max(fresh.min(rhythm.every.saturating_mul(FRESHNESS_LIMIT)));
    }
    if rhythm.failures > 0 {
        let backoff = rhythm.every.saturating_mul(1 << rhythm.failures.min(6));
        wait = backoff.min(LONGEST_BACKOFF.max(rhythm.every));
        wait += wait.mul_f64(f64::from(jitter(name)) / 1_000.0);
    }
    now.checked_add(wait.saturating_sub(SLACK)).unwrap_or(now)
}

/// Up to a tenth, in thousandths, the same for a name each time.
fn jitter(name: &str) -> u32 {
    name.bytes().fold(2_166_136_261_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(16_777_619)) % 100
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(every: u64, fresh: Option<u64>, failures: u32, expected: std::ops::RangeInclusive<i64>) {
        let now = Timestamp::UNIX_EPOCH;
        let rhythm = Rhythm { every: Duration::from_secs(every), fresh_for: fresh.map(Duration::from_secs), failures };
        let due = next_due("city-hall", &rhythm, now).as_second();
        assert!(expected.contains(&due), "{due}");
    }

    #[test]
    fn the_interval_holds_when_all_is_well() {
        check(1800, None, 0, 1770..=1770);
        check(1800, Some(60), 0, 1770..=1770);
    }

    #[test]
    fn a_server_may_ask_for_more_patience_within_bounds() {
        check(1800, Some(3600), 0, 3570..=3570);
        check(1800, Some(1_000_000), 0, 7170..=7170);
    }

    #[test]
    fn failures_back_off_up_to_a_day() {
        check(1800, None, 1, 3570..=3960);
        check(1800, None, 9, 86_370..=95_040);
    }
}
