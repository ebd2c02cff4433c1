//! Whether a host spells a name: harbourpost.example "Harbour Post", and hpa.example "Harbour Post Association".

use icu_normalizer::DecomposingNormalizerBorrowed;

use crate::html::letters;
use crate::url::Url;

/// Small words that a host leaves out.
pub(super) const ARTICLES: [&str; 13] = ["die", "der", "das", "the", "le", "la", "les", "el", "los", "il", "lo", "de", "het"];
/// Hosts of a site's parts: "Blog" names none.
const PARTS: [&str; 14] =
    ["blog", "blogs", "news", "forum", "forums", "docs", "help", "shop", "store", "community", "support", "wiki", "press", "media"];
/// A shorter host abbreviates too many names.
const FEWEST_INITIALS: usize = 3;
/// A name is looked for in so many words of a text.
const MOST_WORDS: usize = 12;

/// What the host of a page spells.
pub(super) struct Host {
    /// The letters of the site's own label: of quay.post.example `post`.
    core: String,
    /// Further spellings: `postexample`, `quay`.
    others: Vec<String>,
}

impl Host {
    /// The host of an address.
    pub(super) fn of(url: &Url) -> Self {
        let (site, host) = (url.site(), url.host());
        let label = |host: &str| letters(host.split('.').next().unwrap_or(""));
        let own = Some(label(host)).filter(|own| host != site && own.len() >= 4 && !PARTS.contains(&own.as_str()));
        let others = std::iter::once(letters(site)).chain(own).filter(|spelling| !spelling.is_empty()).collect();
        Self { core: label(site), others }
    }

    /// Whether a text is all that the site's label spells; accents may be left out, and umlauts written as two letters.
    pub(super) fn spells(&self, text: &str) -> bool {
        !self.core.is_empty() && spelled(text, |letters| letters == self.core)
    }

    /// Whether a text is the site's name in any of the ways in which a host spells one.
    pub(super) fn is(&self, text: &str) -> bool {
        self.spells(text) || spelled(text.trim_start_matches("www."), |letters| self.others.iter().any(|other| other == letters))
    }

    /// Whether a text is a name of several words that the host spells, but for an article before it.
    pub(super) fn spells_words(&self, name: &str) -> bool {
        let Some((first, rest)) = name.split_once(' ') else { return false };
        self.spells(name) || ARTICLES.contains(&first.to_lowercase().as_str()) && self.spells(rest)
    }

    /// Whether the site's label begins, ends or stands within the text, or the text within it.
    pub(super) fn is_like(&self, text: &str) -> bool {
        const SHORTEST: usize = 4;
        !self.core.is_empty() && spelled(text, |text| text.contains(&self.core) || self.core.contains(text) && text.len() >= SHORTEST)
    }

    /// Whether the host is made of the initials of a name: those of its great words, "Harbour and Quay Union" of hqu.example.
    pub(super) fn abbreviates(&self, name: &str) -> bool {
        let words = || name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let is_great = |word: &str| word.starts_with(char::is_uppercase);
        let initials: String = words().filter(|word| is_great(word)).filter_map(|word| word.chars().next()).collect();
        let whole = words().next().is_some_and(is_great) && words().next_back().is_some_and(is_great);
        whole && self.core.chars().count() >= FEWEST_INITIALS && spelled(&initials, |letters| letters == self.core)
    }

    /// The first run of several words of a text for which something holds.
    pub(super) fn words_in(text: &str, holds: impl Fn(&str) -> bool) -> Option<String> {
        let words: Vec<&str> = text.split_whitespace().take(MOST_WORDS).collect();
        let ends = |start: usize| (start + 2..=words.len()).map(move |end| start..end);
        let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
        let runs = (0..words.len()).flat_map(ends).filter_map(|run| words.get(run));
        let found = runs.filter(|run| run.iter().all(is_word)).map(|run| run.join(" ")).find(|name| holds(name))?;
        Some(found.trim_end_matches(['.', ',', '®', '™', ':', ')']).to_owned())
    }

    /// The site's own label.
    pub(super) fn core(&self) -> &str {
        &self.core
    }
}

/// Whether something holds for one of the ways in which a host may write a text.
fn spelled(text: &str, holds: impl Fn(&str) -> bool) -> bool {
    let letters = letters(text);
    holds(&letters) || !letters.is_ascii() && (holds(&plain(&letters)) || holds(&plain(&two_letters(&letters))))
}

/// Without accents.
fn plain(letters: &str) -> String {
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize_iter(letters.chars());
    let plain = decomposed.filter(|c| c.is_alphanumeric()).map(|c| match c {
        'ł' => 'l',
        'ø' => 'o',
        'đ' => 'd',
        'ı' => 'i',
        c => c,
    });
    plain.collect()
}

/// German and Scandinavian letters as they are written where there are none.
fn two_letters(letters: &str) -> String {
    letters.replace('ä', "ae").replace(['ö', 'ø'], "oe").replace('ü', "ue").replace('ß', "ss").replace('å', "aa").replace('æ', "ae")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(host: &str) -> Host {
        Host::of(&Url::parse(&format!("https://{host}/a")).unwrap())
    }

    #[test]
    fn a_host_leaves_out_spaces_and_accents() {
        for (address, name) in [
            ("www.harbour-post.example", "Harbour Post"),
            ("larepublica.example", "La República"),
            ("klubzolty.example", "Klub Żółty"),
            ("oekologisch-bauen.example", "Ökologisch Bauen"),
            ("muenzen.example", "Münzen"),
            ("munzen.example", "Münzen"),
        ] {
            assert!(host(address).spells(name), "{address} {name}");
        }
        assert!(!host("harbourpost.example").spells("Harbour"));
        assert!(host("harbourpost.example").spells_words("The Harbour Post"));
        assert!(!host("harbourpost.example").spells_words("Harbourpost"));
        assert!(host("quay.post.example").is("Quay") && host("quay.post.example").is("www.post.example"));
        assert!(!host("blog.post.example").is("Blog"));
    }

    #[test]
    fn a_host_may_be_made_of_initials() {
        assert!(host("hpa.example").abbreviates("Harbour Post Association"));
        assert!(host("hqu.example").abbreviates("Harbour and Quay-Union"));
        assert!(!host("hp.example").abbreviates("Harbour Post"));
        assert!(!host("hpa.example").abbreviates("Harbour Post"));
        assert!(!host("hpa.example").abbreviates("of Harbour Post Association"));
    }

    #[test]
    fn words_are_found_within_a_text() {
        let host = host("harbourpost.example");
        assert_eq!(Host::words_in("HARBOUR POST front page", |words| host.spells(words)).as_deref(), Some("HARBOUR POST"));
        assert_eq!(Host::words_in("| Harbour Post |", |words| host.spells(words)).as_deref(), Some("Harbour Post"));
        assert_eq!(Host::words_in("Harbourpost", |words| host.spells(words)), None);
    }
}
