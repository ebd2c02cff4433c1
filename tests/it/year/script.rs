//! What happens on the scripted site in 365 days: who writes what when, and what goes wrong. The same in every run of the test.

/// The first hour of the year: 2026-01-01T00:00:00Z.
pub const BEGIN: i64 = 1_767_225_600;
pub const DAYS: i64 = 365;
/// How many articles the front page shows.
pub const SHOWN: usize = 15;

/// How an article tells its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dated {
    /// With a time, as the era's template writes it.
    Time,
    /// Only the day.
    Day,
    /// Not at all.
    Never,
    /// With a date that cannot be.
    Absurd(&'static str),
}

/// One article and its life. Times are hours since the beginning.
#[derive(Debug, Clone)]
pub struct Article {
    /// The site's own number of it.
    pub number: usize,
    pub posted: i64,
    pub dated: Dated,
    /// When its text is corrected.
    pub edit: Option<i64>,
    /// Whether the correction changes the headline and with it the slug.
    pub moves: bool,
    /// When it is taken down: its address then leads to the front page, or to a page that says so.
    pub removed: Option<i64>,
    /// When the same text is published again at another address.
    pub again: Option<i64>,
    /// Whether it bears the same headline as others of its kind.
    pub column: bool,
}

impl Article {
    /// How often it was corrected by then.
    pub fn edition(&self, hour: i64) -> usize {
        usize::from(self.edit.is_some_and(|edit| edit <= hour))
    }

    pub fn is_removed(&self, hour: i64) -> bool {
        self.removed.is_some_and(|removed| removed <= hour)
    }
}

/// Numbers that look random and are the same each time.
pub fn chance(seed: usize, salt: usize) -> usize {
    let mut state = (seed as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (salt as u64 + 7).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state ^= state >> 29;
    state = state.wrapping_mul(0x94d0_49bb_1331_11eb);
    (state ^ (state >> 32)) as usize
}

/// All articles of the year, oldest first; the first twenty are there from the beginning.
pub fn articles() -> Vec<Article> {
    let mut hours: Vec<i64> = (0..20).map(|place| -200 + place * 10).collect();
    for day in 0..DAYS - 5 {
        let seed = day as usize;
        let count = match day {
            140..147 => 0,
            50 | 130 | 260 => 9,
            _ => [0, 1, 1, 1, 2, 2, 3][chance(seed, 1) % 7],
        };
        hours.extend((0..count).map(|place| day * 24 + (chance(seed, 10 + place) % 24) as i64));
    }
    hours.sort_unstable();
    hours.into_iter().enumerate().map(|(place, posted)| article(place, posted)).collect()
}

fn article(place: usize, posted: i64) -> Article {
    let one_in = |n: usize, salt: usize| chance(place, salt).is_multiple_of(n);
    let dated = match chance(place, 20) % 12 {
        0 | 1 => Dated::Never,
        2 | 3 => Dated::Day,
        4 if one_in(3, 21) => Dated::Absurd("2031-05-05T10:00:00Z"),
        4 if one_in(3, 22) => Dated::Absurd("1970-01-01T00:00:00Z"),
        _ => Dated::Time,
    };
    let later = |salt: usize, least: i64, most: usize| posted + least + (chance(place, salt) % most) as i64;
    let edit = one_in(7, 30).then(|| later(31, 3, 60));
    Article {
        number: 10_000 + place,
        posted,
        dated,
        edit,
        moves: one_in(3, 32),
        removed: (edit.is_none() && one_in(23, 33)).then(|| later(34, 5, 40)),
        again: (edit.is_none() && one_in(29, 35)).then(|| later(36, 30, 400)),
        column: one_in(13, 37),
    }
}

/// What is wrong with the site at an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    None,
    /// Every page is 500.
    Down,
    /// The connection is cut.
    Cut,
    /// The front page is well, the articles are 500.
    ArticlesDown,
    /// Everything is a check for robots, with status 200.
    Wall,
    /// The front page is well; instead of each article comes the same notice.
    Notice,
    /// The front page is there and holds no article: a template broke.
    Blank,
    /// The front page shows only its menu and three links.
    Shrunken,
    /// Every article names one and the same canonical address.
    OneCanonical,
}

pub fn trouble(hour: i64) -> Trouble {
    match (hour.div_euclid(24), hour.rem_euclid(24)) {
        (25, _) | (26, 0..6) => Trouble::Down,
        (160..163, _) => Trouble::Cut,
        (170, 3..9) => Trouble::ArticlesDown,
        (90..92, _) => Trouble::Wall,
        (180, _) | (50, 6..18) => Trouble::Notice,
        (105, 2..20) => Trouble::Blank,
        (215, 4..6) => Trouble::Shrunken,
        (100..103, _) => Trouble::OneCanonical,
        _ => Trouble::None,
    }
}

/// How the listing writes the addresses of articles at an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    Plain,
    /// A session in a well-known parameter, another one each time.
    Session,
    /// A visitor's token in a parameter that nobody knows, another one each time.
    Token,
    /// Tracking parameters.
    Tracking,
    /// The AMP edition.
    Amp,
    /// `https` for what was there before this week.
    Secure,
}

pub fn links(hour: i64) -> Links {
    match hour.div_euclid(24) {
        60..64 => Links::Amp,
        75..78 => Links::Session,
        80..82 => Links::Token,
        195..200 => Links::Tracking,
        280..284 => Links::Secure,
        _ => Links::Plain,
    }
}

/// Which template and which addresses the site has: it is redesigned on day 120, and gets new addresses on day 240.
pub fn era(hour: i64) -> usize {
    match hour.div_euclid(24) {
        ..120 => 0,
        120..240 => 1,
        _ => 2,
    }
}

/// An old post that is pinned above all others for a while.
pub fn pinned(hour: i64) -> Option<usize> {
    match hour.div_euclid(24) {
        30..50 => Some(5),
        200..210 => Some(5),
        300..302 => Some(42),
        _ => None,
    }
}
