//! The rhythm of a source, learned from when its articles came: "usually 6 a day, none for 4 days".

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How many arrivals are remembered.
pub const ARRIVALS: usize = 30;
/// Fewer arrivals show no rhythm.
const FEWEST: usize = 6;
/// A silence is worth telling when it is so many times as long as the longest pause so far.
const UNUSUAL: i32 = 2;
/// Nobody wants to hear of a shorter silence: weekends and nights.
const SHORTEST_SILENCE: SignedDuration = SignedDuration::from_hours(60);

/// New articles that came with one poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// When.
    pub at: Timestamp,
    /// How many.
    pub new: usize,
}

/// How often a source has news, and whether it has been silent for too long.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pulse {
    /// New articles a day.
    pub per_day: f64,
    /// The time since the last one.
    pub silence: SignedDuration,
    /// Whether that is unusual for this source.
    pub is_quiet: bool,
}

/// The rhythm of a source. `None` while too little came to tell.
pub fn pulse(arrivals: &[Arrival], now: Timestamp) -> Option<Pulse> {
    let (first, last) = (arrivals.first()?, arrivals.last()?);
    let days = last.at.duration_since(first.at).as_secs_f64() / 86_400.0;
    if arrivals.len() < FEWEST || days <= 0.0 {
        return None;
    }
    let new: usize = arrivals.iter().skip(1).map(|arrival| arrival.new).sum();
    let gaps = arrivals.iter().zip(arrivals.iter().skip(1)).map(|(one, next)| next.at.duration_since(one.at));
    let longest = gaps.max().unwrap_or(SHORTEST_SILENCE);
    let silence = now.duration_since(last.at);
    let is_quiet = silence > SHORTEST_SILENCE && silence > longest.saturating_mul(UNUSUAL);
    Some(Pulse { per_day: new as f64 / days, silence, is_quiet })
}

impl Pulse {
    /// In words.
    pub fn words(&self) -> String {
        let usual = match self.per_day {
            often if often >= 1.0 => format!("{often:.0} a day"),
            weekly if weekly * 7.0 >= 1.0 => format!("{:.0} a week", weekly * 7.0),
            seldom => format!("{:.0} in 100 days", seldom * 100.0),
        };
        match self.silence.as_hours() / 24 {
            0 => format!("usually {usual}"),
            1 => format!("usually {usual}, none for a day"),
            days => format!("usually {usual}, none for {days} days"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(hour * 3600).unwrap()
    }

    fn check(hours: &[i64], now: i64, expected: Option<(&str, bool)>) {
        let arrivals: Vec<Arrival> = hours.iter().map(|&hour| Arrival { at: at(hour), new: 2 }).collect();
        let pulse = pulse(&arrivals, at(now));
        assert_eq!(pulse.map(|pulse| (pulse.words(), pulse.is_quiet)), expected.map(|(words, quiet)| (words.to_owned(), quiet)));
    }

    #[test]
    fn a_rhythm_is_learned_and_its_end_is_noticed() {
        check(&[0, 8, 16, 24, 32, 40, 48], 50, Some(("usually 6 a day", false)));
        check(&[0, 8, 16, 24, 32, 40, 48], 48 + 96, Some(("usually 6 a day, none for 4 days", true)));
        check(&[0, 168, 336, 504, 672, 840], 840 + 200, Some(("usually 2 a week, none for 8 days", false)));
        check(&[0, 8, 16], 1000, None);
    }
}
