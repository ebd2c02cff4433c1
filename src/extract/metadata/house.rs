//! Houses and their teams, who sign a text as people do; whether one is the site's own.

use super::name::bare;
use super::spelling::ARTICLES;
use crate::extract::credit::names_newsroom;
use crate::html::letters;

/// What several people of a house sign as.
const TEAMS: [&str; 3] = ["team", "staff", "editors"];

/// What a house's name has after it where its newsroom signs: "Harbour Post Digital".
const NEWSROOM_TAILS: [&str; 5] = ["digital", "online", "reporter", "admin", "web"];
/// What nobody is called, but whoever runs a site is.
const RUNNERS: [&str; 22] = [
    "site admin",
    "web admin",
    "website admin",
    "staff reports",
    "staff report",
    "administrator",
    "administrador",
    "administrateur",
    "администратор",
    "администратор сайта",
    "адміністратор",
    "webmaster",
    "moderator",
    "communications office",
    "press office",
    "pressestelle",
    "пресс-служба",
    "guest author",
    "guest contributor",
    "guest writer",
    "gastautor",
    "guest post",
];
/// The same, and newsrooms, in scripts that set no spaces.
const RUNNERS_DENSE: [&str; 10] = ["編集部", "编辑部", "編輯部", "편집부", "편집국", "관리자", "운영자", "管理员", "管理員", "管理者"];

/// Whether nobody is named, but a newsroom or whoever runs the site: "Redaktion Harbour Post", "News Desk", "Site Admin".
pub(super) fn is_newsroom(name: &str) -> bool {
    let lower = name.to_lowercase();
    let ends_so = lower.split_whitespace().last().is_some_and(|word| matches!(word, "desk" | "newsdesk" | "webdesk"));
    let is_dense = || !lower.is_ascii() && RUNNERS_DENSE.iter().any(|runner| lower.contains(runner));
    ends_so || RUNNERS.contains(&lower.as_str()) || is_dense() || names_newsroom(&lower)
}

/// Whether a house's own people sign as such, who have no other name: "The Harbour Weekly Team", "Harbour staff reporter".
pub(super) fn signs(words: &[&str]) -> bool {
    [words.get(1), words.last()].into_iter().flatten().any(|word| TEAMS.contains(&bare(word).as_str()))
}

/// Whether a name has a word in capitals, as the others are not, and is a house's: "HRB News", "HRB Project Marketing".
pub(super) fn has_initials(name: &str) -> bool {
    const LETTERS: usize = 3;
    let in_capitals = |word: &str| word.chars().count() >= LETTERS && word.chars().all(char::is_uppercase);
    name.split(' ').any(in_capitals) && !name.split(' ').all(in_capitals)
}

/// What a site is called, in letters.
pub(super) struct Own {
    site: Option<String>,
    domain: String,
    /// The domain without its ending.
    core: String,
}

impl Own {
    pub(super) fn of(site: Option<&str>, domain: &str) -> Self {
        Self { site: site.map(letters), domain: letters(domain), core: letters(domain.split('.').next().unwrap_or("")) }
    }

    /// Whether a name is the site's own, or its address, or its team's.
    pub(super) fn is(&self, name: &str) -> bool {
        let name = name.trim_start_matches("www.");
        let house = without_team(name);
        self.is_called(name) || house.len() < name.len() && self.is_called(house)
    }

    fn is_called(&self, name: &str) -> bool {
        let whole = letters(name);
        let bare =
            || name.split_once(' ').filter(|(first, _)| ARTICLES.contains(&first.to_lowercase().as_str())).map(|(_, bare)| letters(bare));
        self.site.as_ref() == Some(&whole) || whole == self.domain || whole == self.core || bare().is_some_and(|bare| bare == self.core)
    }
}

/// The name of a house whose team signs.
fn without_team(name: &str) -> &str {
    let signs = |word: &str| TEAMS.contains(&word) || NEWSROOM_TAILS.contains(&word);
    name.rsplit_once(' ').filter(|(_, last)| signs(&bare(last))).map_or(name, |(house, _)| house)
}

/// Whether the "and" stands in the name of a house: "Centre for Rivers and Lakes".
pub(super) fn is_within(text: &str, and: &str) -> bool {
    const OF: [&str; 4] = [" of ", " for ", " für ", " pour "];
    let one_word = |after: &str| !after.trim().is_empty() && !after.trim().contains([' ', ',']);
    text.split_once(and).is_some_and(|(before, after)| OF.iter().any(|of| before.contains(of)) && one_word(after))
}

#[cfg(test)]
mod tests {
    use super::super::name::{Place, read};
    use super::{Own, is_newsroom};

    #[test]
    fn a_newsroom_is_nobody() {
        for name in [
            "Redaktion Harbour Post",
            "La Redazione",
            "Da Redação",
            "Tim Redaksi",
            "Haber Merkezi",
            "Szerkesztőség",
            "Редакция",
            "Newsroom",
            "Harbour News Desk",
            "Staff Reports",
            "Site Admin",
            "Администратор",
            "湖港編集部",
            "관리자",
        ] {
            assert!(is_newsroom(name), "{name}");
        }
        for name in ["Ana Solano", "Tim Solano", "Harbour Post", "night_owl", "若林みのり"] {
            assert!(!is_newsroom(name), "{name}");
        }
        let own = Own::of(Some("Harbour Post"), "harbourpost.example");
        assert!(own.is("Harbour Post Digital") && own.is("Harbourpost Online") && !own.is("Lake Digital"));
    }

    #[test]
    fn what_a_house_signs_as_stays_whole() {
        let check = |text: &str, expected: &[&str]| assert_eq!(read(text, Place::Marked), expected, "{text}");
        check("By the Harbour Weekly Team", &["the Harbour Weekly Team"]);
        check("The Weekly editors", &["The Weekly editors"]);
        check("Harbour Staff Reporter", &["Harbour Staff Reporter"]);
        check("Ana Solano Staff Writer", &["Ana Solano"]);
        check("Ana Head Senior Writer", &["Ana Head"]);
        check("Centre for Rivers and Lakes", &["Centre for Rivers and Lakes"]);
        check("Ana Solano, Centre for Rivers and Lakes", &["Ana Solano"]);
        check("Friends of Ana Solano and Luis Prado", &["Friends of Ana Solano", "Luis Prado"]);
    }
}
