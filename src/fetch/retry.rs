//! When to ask again: `Retry-After` (RFC 9110, section 10.2.3), and backoff with full jitter.

use std::time::Duration;

use jiff::Timestamp;

/// First pause after a passing failure; doubles with each one.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// So many failures in a row open the breaker: five covers one request with its retries and a second one.
pub(super) const BREAKER_FAILURES: u32 = 5;
/// First rest of a host whose breaker opened; doubles with each further failure.
const FIRST_REST: Duration = Duration::from_secs(60);
/// A host is never given up for longer than this: sites do come back.
const LONGEST_REST: Duration = Duration::from_secs(6 * 3600);
/// A server that asks for more than a day is asked again after a day.
pub(super) const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(24 * 3600);

/// How long to wait, from a `Retry-After` header in seconds or as a date. `None` if it says nothing usable.
pub(super) fn retry_after(header: &str, now: Timestamp) -> Option<Duration> {
    let header = header.trim();
    let wait = match header.parse::<f64>() {
        Ok(seconds) if seconds >= 0.0 => Duration::from_secs_f64(seconds.min(LONGEST_RETRY_AFTER.as_secs_f64())),
        Ok(_) => return None,
        Err(_) => {
            let date = httpdate::parse_http_date(header).ok()?;
            let now = std::time::SystemTime::try_from(now).ok()?;
            date.duration_since(now).unwrap_or(Duration::ZERO)
        }
    };
    Some(wait.min(LONGEST_RETRY_AFTER))
}

/// The pause before try `attempt` (from 1), somewhere between half and all of the doubled step.
pub(super) fn pause(attempt: u32) -> Duration {
    jitter(double(FIRST_PAUSE, attempt.saturating_sub(1)))
}

/// The rest that a host gets after this many failures in a row. `None` while the breaker stays closed.
pub(super) fn rest(failures: u32) -> Option<Duration> {
    let beyond = failures.checked_sub(BREAKER_FAILURES)?;
    Some(jitter(double(FIRST_REST, beyond)).min(LONGEST_REST))
}

fn double(step: Duration, times: u32) -> Duration {
    step.saturating_mul(2u32.saturating_pow(times.min(16))).min(LONGEST_REST)
}

fn jitter(time: Duration) -> Duration {
    time.mul_f64(0.5 + fastrand::f64() / 2.0)
}

/// The part of a host that a `Retry-After` for `path` speaks of: its first folder, or all of it for a page at the top.
pub(super) fn scope(path: &str) -> &str {
    let folder = path.strip_prefix('/').and_then(|rest| rest.find('/')).map(|end| end + 2);
    folder.and_then(|end| path.get(..end)).unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(header: &str, expected: Option<u64>) {
        let now = Timestamp::from_second(784_111_777).unwrap();
        assert_eq!(retry_after(header, now).map(|wait| wait.as_secs()), expected, "{header}");
    }

    #[test]
    fn retry_after_in_all_its_spellings() {
        check("120", Some(120));
        check(" 0 ", Some(0));
        check("1.5", Some(1));
        check("Sun, 06 Nov 1994 08:50:37 GMT", Some(60));
        check("Sun, 06 Nov 1994 08:00:00 GMT", Some(0));
        check("-5", None);
        check("soon", None);
        check("NaN", None);
        check("99999999999999999999", Some(86_400));
    }

    #[test]
    fn pauses_double_and_rests_end() {
        assert!(pause(1) >= Duration::from_millis(500) && pause(1) <= Duration::from_secs(1));
        assert!(pause(3) >= Duration::from_secs(2) && pause(3) <= Duration::from_secs(4));
        assert_eq!(rest(BREAKER_FAILURES - 1), None);
        assert!(rest(BREAKER_FAILURES).unwrap() <= FIRST_REST);
        assert!(rest(u32::MAX).unwrap() <= LONGEST_REST);
    }

    #[test]
    fn a_retry_after_speaks_of_its_folder() {
        assert_eq!(scope("/news/a/b"), "/news/");
        assert_eq!(scope("/news/"), "/news/");
        assert_eq!(scope("/feed.xml"), "/");
        assert_eq!(scope("/"), "/");
    }
}
