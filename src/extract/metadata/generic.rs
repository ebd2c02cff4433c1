//! Titles that name no article: a section ("News"), a kind of page ("Details"), the site.

use super::{tails, words};

/// In bytes: a longer text says something.
const LONGEST: usize = 80;
/// What stands beside a section in a title is a name if it has no more words.
const MOST_WORDS_OF_A_NAME: usize = 3;
/// In bytes: a text that is so much longer than the site's name says more than it.
const MOST_BESIDE: usize = 12;
/// What joins such words: "News and Events", "Communiqué de presse".
const JOINING: [&str; 17] = ["and", "the", "of", "und", "et", "de", "du", "la", "les", "y", "e", "di", "del", "i", "og", "och", "ja"];
/// What sections of news and single pages of them are called.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "news", "latest", "archive", "archives", "article", "articles", "blog", "press", "release", "releases", "media", "details", "detail", "page",
    "home", "homepage", "index", "events", "announcements", "announcement", "story", "stories", "posts", "post", "updates", "untitled",
    "document", "newsroom", "single", "entry", "info", "information",
    "aktuelles", "nachrichten", "neuigkeiten", "meldungen", "meldung", "pressemitteilung", "pressemitteilungen", "presse", "pressemeldung",
    "pressemeldungen", "detailansicht", "einzelansicht", "detailseite", "artikel", "startseite", "beitrag", "veranstaltungen", "termine",
    "actualités", "actualité", "actus", "actu", "communiqué", "communiqués", "accueil", "nouvelles",
    "noticias", "noticia", "comunicado", "comunicados", "prensa", "actualidad", "inicio", "nota", "notas",
    "notícias", "notícia", "início", "imprensa", "notizie", "notizia", "comunicati", "comunicato", "stampa", "novità", "dettaglio",
    "nieuws", "nieuwsbericht", "nieuwsberichten", "actueel", "persbericht", "persberichten",
    "nyheter", "nyhet", "aktuellt", "nyheder", "nyhed", "aktuelt", "pressmeddelande", "pressmeddelanden", "pressemeddelelse",
    "pressemeddelelser", "pressemelding", "pressemeldinger", "uutiset", "uutinen", "ajankohtaista", "tiedotteet", "tiedote",
    "aktualności", "wiadomości", "wydarzenia", "aktuality", "novinky", "zprávy", "zpráva", "tiskové", "tisková", "hírek", "hír",
    "știri", "stiri", "noutăți", "haberler", "haber", "duyurular", "duyuru", "νέα", "ειδήσεις", "ανακοινώσεις",
    "новости", "новость", "новини", "новина", "berita", "أخبار", "الأخبار", "ข่าว",
    "ニュース", "ニュース詳細", "お知らせ", "新着情報", "トピックス", "記事", "イベント", "セミナー情報", "イベント情報",
    "新闻", "新闻详情", "新闻中心", "正文", "首页", "通知公告", "公告", "详情", "要闻", "新聞", "最新消息",
    "뉴스", "공지사항", "보도자료", "소식", "기사본문",
];

/// Whether a text is made of words for sections and kinds of pages only.
pub(super) fn is_generic(text: &str) -> bool {
    let is_between = |c: char| c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '–' | '—' | '·' | '•' | '・' | '：');
    let mut named = false;
    text.len() <= LONGEST
        && text.split(is_between).filter(|word| !word.is_empty()).all(|word| {
            let word = word.to_lowercase();
            let is_known = WORDS.contains(&word.as_str());
            named |= is_known;
            is_known || JOINING.contains(&word.as_str())
        })
        && named
}

/// Whether a title speaks of a section and the site only: "News | Harbour Post".
pub(super) fn says_nothing(title: &str, site: Option<&str>, domain: &str) -> bool {
    if title.len() > 2 * LONGEST {
        return false;
    }
    let parts = tails::parts(title);
    let longest = site.map_or(0, str::len).max(domain.len()) + MOST_BESIDE;
    let is_named = |part: &str| is_generic(part) || part.len() <= longest && tails::is_site(part, site, domain);
    let is_short = |part: &str| words::count(part) <= MOST_WORDS_OF_A_NAME;
    parts.iter().all(|part| is_named(part))
        || parts.first().is_some_and(|first| is_generic(first)) && parts.iter().skip(1).all(|part| is_named(part) || is_short(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_and_the_site_name_no_article() {
        for (title, expected) in [
            ("Harbour Post", true),
            ("News | Harbour Post", true),
            ("Harbour Post - Press releases", true),
            ("Aktuelles Detail | Kreis Quay", true),
            ("新闻详情-港口大学", true),
            ("Untitled Document", true),
            ("News: a bridge opens after two winters", false),
            ("Bridge opens | Harbour Post", false),
            ("Bridge opens - News", false),
            ("Quay and Water", false),
            ("de la", false),
        ] {
            assert_eq!(says_nothing(title, Some("Harbour Post"), "harbourpost.example"), expected, "{title}");
        }
    }
}
