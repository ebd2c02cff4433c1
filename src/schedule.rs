//! When a source is due: by its configured interval, the site's own rhythm and freshness, and its failures.
//!
//! Pure: the jitter that keeps sources from failing in step comes from the source's name.

use std::time::Duration;

use jiff::Timestamp;

/// The longest wait after failures, whatever the interval.
const LONGEST_BACKOFF: Duration = Duration::from_secs(86_400);
/// How much sooner than its interval a source may be polled: cron's minute is not exact.
const SLACK: Duration = Duration::from_secs(30);
/// A server's word on freshness is followed up to this multiple of the interval, where the source sets no limit of its own.
const FRESHNESS_LIMIT: u32 = 4;
/// So many polls say something about a site's rhythm.
const ENOUGH_POLLS: usize = 5;

/// What decides when a source is polled next.
#[derive(Debug, Clone, Copy)]
pub struct Rhythm {
    /// The configured interval: the shortest.
    pub every: Duration,
    /// The longest interval, where the source lets the site's rhythm decide.
    pub slowest: Option<Duration>,
    /// How far apart new articles usually are.
    pub gap: Option<Duration>,
    /// How long the server says that the listing stays fresh.
    pub fresh_for: Option<Duration>,
    /// Failures in a row.
    pub failures: u32,
}

/// When the source is due next.
pub fn next_due(name: &str, rhythm: &Rhythm, now: Timestamp) -> Timestamp {
    let mut wait = rhythm.every;
    let limit = rhythm.slowest.unwrap_or(rhythm.every.saturating_mul(FRESHNESS_LIMIT));
    if let Some(fresh) = rhythm.fresh_for {
        wait = wait.max(fresh.min(limit));
    }
    if let (Some(gap), Some(slowest)) = (rhythm.gap, rhythm.slowest) {
        // Twice as often as there is news: on average an article is seen a quarter of the gap after it is out.
        wait = wait.max((gap / 2).min(slowest));
    }
    if rhythm.failures > 0 {
        let backoff = rhythm.every.saturating_mul(1 << rhythm.failures.min(6));
        wait = backoff.min(LONGEST_BACKOFF.max(rhythm.every));
        wait += wait.mul_f64(f64::from(jitter(name)) / 1_000.0);
    }
    now.checked_add(wait.saturating_sub(SLACK)).unwrap_or(now)
}

/// The longest that a source can be told to wait.
pub fn longest(every: Duration, slowest: Option<Duration>) -> Duration {
    let limit = slowest.unwrap_or(every.saturating_mul(FRESHNESS_LIMIT));
    // Failures add up to a tenth.
    limit.max(LONGEST_BACKOFF.max(every).mul_f64(1.1))
}

/// How far apart new articles of a site usually are, from its polls: when, and how many articles were new. `None` for too few polls.
pub fn usual_gap(polls: impl IntoIterator<Item = (Timestamp, usize)>, now: Timestamp) -> Option<Duration> {
    let mut polls = polls.into_iter();
    // What the first poll found had gathered before it.
    let (first, _) = polls.next()?;
    let (count, new) = polls.fold((1, 0), |(count, new), (_, found)| (count + 1, new + found));
    let span = Duration::try_from(now.duration_since(first)).ok()?;
    let parts = u32::try_from(new.max(1)).unwrap_or(u32::MAX);
    (count >= ENOUGH_POLLS).then(|| span / parts)
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
        let every = Duration::from_secs(every);
        let rhythm = Rhythm { every, slowest: None, gap: None, fresh_for: fresh.map(Duration::from_secs), failures };
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
    fn a_quiet_site_is_polled_less_often_where_the_source_allows_it() {
        let hours = |hours: u64| Duration::from_secs(hours * 3600);
        let check = |gap, slowest, fresh_for, expected: u64| {
            let rhythm = Rhythm { every: hours(1), slowest, gap, fresh_for, failures: 0 };
            let due = next_due("city-hall", &rhythm, Timestamp::UNIX_EPOCH).as_second();
            assert_eq!(due, i64::try_from(expected * 3600).unwrap() - 30, "{rhythm:?}");
        };
        check(Some(hours(20)), None, None, 1);
        check(Some(hours(20)), Some(hours(12)), None, 10);
        check(Some(hours(200)), Some(hours(12)), None, 12);
        check(Some(hours(1)), Some(hours(12)), None, 1);
        check(None, Some(hours(12)), Some(hours(8)), 8);
        check(None, None, Some(hours(8)), 4);
    }

    #[test]
    fn the_rhythm_is_the_time_between_new_articles() {
        let at = |hour: i64| Timestamp::from_second(hour * 3600).unwrap();
        let polls = |new: [usize; 5]| new.into_iter().enumerate().map(move |(hour, new)| (at(hour as i64), new));
        assert_eq!(usual_gap(polls([30, 1, 0, 1, 0]), at(10)), Some(Duration::from_secs(5 * 3600)));
        assert_eq!(usual_gap(polls([30, 0, 0, 0, 0]), at(10)), Some(Duration::from_secs(10 * 3600)), "no news: at least so long");
        assert_eq!(usual_gap(polls([30, 1, 0, 1, 0]).take(4), at(10)), None);
    }

    #[test]
    fn failures_back_off_up_to_a_day() {
        check(1800, None, 1, 3570..=3960);
        check(1800, None, 9, 86_370..=95_040);
    }
}
