//! Teasers for other articles that stand inside the text, and the lines that say nothing of the article.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::tz::TimeZone;
use regex::Regex;

use crate::extract::date;

/// A date with a running time glued on or set off: `June 9, 202100: 44`, `12.06.2021 · 0:44`.
static DATE_AND_RUNNING_TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?x)^[^\n]{0,60}?(?:19|20)\d{2}(?:[-./]\d{1,2}[-./]\d{1,2})?(?:\s*[·|]\s*)?\d{1,2}\s?:\s?\d{2}(?:\s?:\s?\d{2})?$").ok()
});

/// A date and what may be a running time, or a time of day before ten: `9 de junio de 2021 01:12`.
static DATE_AND_TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?x)^[^\n:]{0,60}?(?:19|20)\d{2}(?:[-./]\d{1,2}[-./]\d{1,2})?\s*[\-–—,]?\s*0?\d\s?:\s?\d{2}(?:\s?:\s?\d{2})?$").ok()
});

/// Calls to read, watch, share or agree, and legal lines, in the words of many languages. With `label` a story may begin as well: such a line is a call where
/// nothing, a colon or the like follows, or a link.
static CALLS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)^(?:
        (?:related\ (?:[a-z]+\ ){0,2}(?:articles?|stories|news|posts?|topics?|coverage|content|reads?|videos)|recommended\ (?:stories|articles|for\ you)|you\ may\ also\ like|more\ on\ this\ (?:story|topic)|
           share\ this\ (?:article|story|post|page|video)|share\ on\ (?:facebook|twitter|x|linkedin|whatsapp)|skip\ to\ (?:content|main|next|the)|continue\ reading|story\ continues\ below|print\ this\ (?:article|page|story)|
           listen\ to\ this\ (?:article|story)|leave\ a\ (?:comment|reply)|all\ rights\ reserved)\b
        |(?:(?<label>(?:read\ (?:more|also|next|the\ full\ (?:story|article|interview|report))|see\ also|also\ read|more\ on\ this|related\ (?:reading|resources|recipes|products|links|guides)|recommended\ reading|
           you\ may\ like|most\ read|don['’]t\ miss|watch\ (?:now|also)|share\ this|follow\ us|sign\ up|subscribe\ (?:to|now|for|here)|click\ here|
           lea\ también|lee\ también|te\ puede\ interesar|le[ií]a\ (?:mais|também)|veja\ também|lesen\ sie\ auch|lies\ auch|mehr\ zum\ thema|lire\ aussi|à\ lire\ aussi|leggi\ anche|lees\ ook|
           læs\ også|les\ også|läs\ också|czytaj\ (?:też|także|również)|читайте\ (?:также|також)|lue\ myös|přečtěte\ si|ayrıca\ okuyun|اقرأ\ أيضا))(?<rest>\s*[:：»›>|…!].*|\.\.\.|\W*$|\b))
        |相关阅读|延伸阅读|関連記事|あわせて読みたい|관련\ ?기사)",
    )
    .ok()
});

/// Words that are a label where they stand alone, or before a colon or a number of comments, and begin a sentence or a headline elsewhere.
static LABELS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?xis)^(?:related|recommended|trending(?:\ now)?|watch|advertisement(?:\s*[-–—:].*)?|(?-i:WATCH)\s*[:|].*|skip\ to|sponsored(?:\ by.{0,40})?|subscribe|loading|comments?(?:\s*:?\s*\d+)?|más\ información|publicidad|publicité|anzeige|werbung|
           реклама|weiterlesen|(?:auch|also|mehr|more)\ (?:auf|on)\ \S+\.[a-z]{2,4}|(?:weitere|mehr)\ (?:artikel|beiträge)\ [^.!?]{2,50}:|more\ (?:stories|articles|news|posts)\ (?:from|on|about|by)\ [^.!?]{2,50}:|
           lust\ auf\ mehr|schon\ gelesen|(?:das\ könnte|auch\ das)\ (?:sie|dich|euch|ihnen|dir)(?:\ auch)?\ (?:interessieren|gefallen)|weitere\ (?:artikel|beiträge|themen|nachrichten|meldungen)|
           ähnliche\ (?:artikel|beiträge|themen)|verwandte\ (?:artikel|themen)|mehr\ (?:lesen|aus\ dem\ ressort)|(?:teilen\ sie|teile?)\ (?:dies(?:en?)?|das|den)(?:\ (?:artikel|beitrag))?(?:\ mit)?|
           lire\ (?:la\ suite|plus)|(?:sur|dans)\ (?:le\ même\ (?:sujet|thème)|la\ même\ rubrique)|articles?\ (?:liés|similaires|connexes)|vous\ aimerez\ aussi|
           (?:artículos|noticias|notas|contenido)\ relacionad[ao]s?|te\ recomendamos|seguir\ leyendo|(?:artigos|notícias|conteúdo)\ relacionad[ao]s?|mais\ lidas|continue\ lendo|
           (?:articoli|notizie)\ correlat[ie]|potrebbe(?:ro)?\ interessarti(?:\ anche)?|leggi\ tutto|gerelateerde?\ (?:artikelen|berichten)|lees\ (?:meer|verder)|
           relaterade\ (?:artiklar|inlägg)|relaterede\ artikler|relaterte\ (?:artikler|saker)|powiązane(?:\ (?:artykuły|tematy))?|související\ (?:články|témata)|kapcsolódó\ cikkek|articole\ similare|
           по\ теме|(?:материалы|читайте)\ по\ теме|похожие\ (?:статьи|материалы|новости)|(?:berita|artikel)\ terkait|tin\ liên\ quan|ilgili\ haberler|σχετικά\ άρθρα|
           مواضيع\ ذات\ صلة|اقرأ\ المزيد|כתבות\ נוספות|相关文章|相關新聞|関連リンク|こちらもおすすめ|더\ 보기|관련\ 뉴스)
        \s*(?:[:：…|!?»]+|\(\d+[^)]*\)|\.\.\.)?$",
    )
    .ok()
});

/// What stands before the headline of another story and a colon, in the words of many languages. With `also` nothing else can be meant; the others are a
/// pointer where a link follows.
static POINTERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)^\W{0,3}(?:
        (?<also>(?:also\ read|read\ (?:also|more|next)|watch\ also|related(?:\ (?:story|stories|article|articles|news|coverage|video))?|in\ case\ you\ missed\ it|
            (?:lea|lee|leer|mira|mire|vea|ver)\ (?:también|además|más)|[lt]e\ (?:puede|podría)\ interesar|relacionad[oa]s?|nota\ relacionada|
            (?:leia|veja|confira)\ (?:também|mais)|saiba\ mais|(?:à\ )?(?:lire|voir)\ aussi|lesen\ sie\ auch|lies\ auch|auch\ interessant|mehr\ (?:zum\ thema|dazu|lesen)|(?:das\ könnte|auch\ das)\ (?:sie|dich|euch|ihnen)\ auch\ interessieren|weiterlesen|
            (?:leggi|guarda|vedi)\ anche|(?:lees|bekijk)\ ook|(?:czytaj|zobacz|przeczytaj)\ (?:też|także|również|więcej)|(?:читайте|смотрите)\ (?:также|ещё)|читайте\ також|
            (?:läs|læs|les|se)\ (?:också|også|mer)|čtěte\ také|přečtěte\ si(?:\ také)?|citește\ și|vezi\ și|ayrıca\ okuyun|bunu\ da\ okuyun|[iİ]lg[iİ]l[iİ]\ haber(?:ler)?|baca\ juga|simak\ juga|xem\ thêm|đọc\ thêm|tin\ liên\ quan|
            διαβάστε\ (?:επίσης|ακόμη|περισσότερα)|čítajte\ (?:tiež|aj)|pročitajte\ (?:i|još)|preberite\ (?:tudi|še)|прочетете\ (?:още|и)|вижте\ (?:още|и)|(?:ezt\ is\ )?olvas(?:d|sa)\ el(?:\ ezt)?\ is|lue\ (?:myös|lisää)|loe\ (?:ka|veel|lisaks)|
            taip\ pat\ skaitykite|skaitykite\ taip\ pat|lasi(?:et)?\ arī|بیشتر\ بخوانید|همچنین\ بخوانید|مطالب\ مرتبط|(?:اقرأ|إقرأ|اقرئي|طالع|شاهد)\ (?:أيضا|أيضًا|أيضاً|المزيد)|یہ\ بھی\ پڑھیں|مزید\ پڑھیں|קראו\ (?:גם|עוד)|לקריאה\ נוספת|
            (?:यह|ये)\ भी\ (?:पढ़ें|पढ़ें)|और\ पढ़ें|আর[ওো]\ পড়ুন|மேலும்\ படிக்க|อ่าน(?:เพิ่มเติม|ต่อ)|ข่าวที่เกี่ยวข้อง|相关(?:阅读|新闻|报道)|相關(?:閱讀|新聞|報導)|延伸(?:阅读|閱讀)|推荐阅读|関連(?:記事|ニュース)|(?:あわせて|合わせて)読みたい|관련\ ?(?:기사|뉴스)|함께\ 보기)(?:\s*[:：»›>|\]】」]|\s+(?<dash>[–—-])\s))
        |(?:read|see\ also|siehe\ auch|[lt]e\ recomendamos|watch|listen|lea|lee|mira|mire|vea|leia|veja|confira|à\ lire|leggi|guarda|lees|czytaj|zobacz|przeczytaj|читайте|смотрите|läs|læs|baca|simak|διαβάστε)\s*[:：])\s*\S",
    )
    .ok()
});

/// What stands before the names of those who made a picture.
static PICTURE_CREDITS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)^\W{0,2}(?:
        (?:titel|beitrags|symbol|vorschau|artikel)?(?:bild|foto)(?:er|s)?(?:quellen?|nachweise?|rechte|credits?)?|©\ ?(?:foto|bild)|
        (?:photos?|images?|pictures?|featured\ image|header\ image|cover\ image|photography|photograph)(?:\ (?:credits?|courtesy|by|source|via))?|credits?|crédits?(?:\ photos?)?|
        fotografías?|fotografia|imagen(?:es)?|créditos?|foto\ di|beeld|bilde|kuva|zdjęcie|fot|fotó|фото|зображення|写真|사진|图片|圖片
        )\s*[:：©]\s*[^\s\d]",
    )
    .ok()
});

/// More than a few names is a sentence.
const LONGEST_PICTURE_CREDIT: usize = 80;

/// A line of more words that ends like a sentence is one.
const LONGEST_MAKER: usize = 6;

/// The label and the headline of another story are not longer.
const LONGEST_POINTER: usize = 220;

/// A boilerplate line is short: a sentence that begins with these words may be part of the story.
const LONGEST_BOILERPLATE: usize = 90;

/// Whether a line is a date with a running time, as it stands below a related video. Below a link, what else would be a time of day is one too.
pub(super) fn is_running_time(line: &str, below_link: bool) -> bool {
    let hit = |regex: &LazyLock<Option<Regex>>| regex.as_ref().is_some_and(|regex| regex.is_match(line.trim()));
    line.len() <= 80 && (hit(&DATE_AND_RUNNING_TIME) || below_link && hit(&DATE_AND_TIME))
}

/// Whether a line is nothing but a date, a time, and a word or two about it ("Updated", "Published on"), or two of these.
pub(super) fn is_stamp(line: &str) -> bool {
    const LONGEST: usize = 70;
    const OTHER_LETTERS: usize = 22;
    /// A sentence may end with a day.
    const SHORTEST_SENTENCE: usize = 5;
    let line = line.trim();
    let is_labelled = line.split_once(':').is_some_and(|(label, _)| date::is_label(label));
    let is_sentence = line.ends_with('.') && line.split_whitespace().count() > SHORTEST_SENTENCE && !is_labelled;
    if is_sentence || line.chars().count() > if is_labelled { LONGEST * 2 } else { LONGEST } {
        return false;
    }
    let day = |text: &str| date::find_in_text(text, "", &TimeZone::UTC).map(|(_, range)| range);
    let Some(first) = day(line) else { return false };
    let (before, after) = (line.get(..first.start).unwrap_or(""), line.get(first.end..).unwrap_or(""));
    let is_other = |second: &Range<usize>| after.get(..second.start).is_some_and(ends_with_label);
    let second = is_labelled.then(|| day(after)).flatten().filter(is_other).unwrap_or(0..0);
    let around = [before, after.get(..second.start).unwrap_or(""), after.get(second.end..).unwrap_or("")];
    around.iter().flat_map(|text| text.chars()).filter(|letter| letter.is_alphabetic()).count() <= OTHER_LETTERS
}

/// Whether a text ends with a label of a date: "4:30 p.m. | Last updated:".
fn ends_with_label(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (0..words.len()).rev().take(3).any(|start| date::is_label(&words.get(start..).unwrap_or_default().join(" ")))
}

/// Whether a line above the story is its byline: short, with an author's name in it, or "By" and a name.
pub(super) fn is_byline(line: &str, authors: &[String]) -> bool {
    const LONGEST: usize = 90;
    let leads = ["By ", "BY ", "Von ", "Por ", "Par ", "Di ", "Door ", "Af ", "Av "].iter().any(|lead| line.starts_with(lead));
    let named = authors.iter().any(|author| line.contains(author.as_str()));
    line.chars().count() <= LONGEST && !line.ends_with(['.', '?', '!']) && named && (leads || line.split_whitespace().count() <= 8)
}

/// Whether a line points to another story: a label such as "Read also" and a headline. `linked` of its bytes are a link.
pub(super) fn is_pointer(line: &str, linked: usize) -> bool {
    /// Between a label and a link stand a colon and a space.
    const BETWEEN: usize = 4;
    /// "Watch: Channel 4" points to no story.
    const SHORTEST_HEADLINE: usize = 20;
    if line.len() > LONGEST_POINTER || !line.contains([':', '：', '»', '›', '>', '|', '–', '—', '-', ']', '】', '」']) {
        return false;
    }
    let Some(found) = POINTERS.as_ref().and_then(|regex| regex.captures(line)) else { return false };
    let label = found.get(0).map_or(0, |label| label.end());
    found.name("also").is_some() && found.name("dash").is_none() || linked >= SHORTEST_HEADLINE && linked + label + BETWEEN >= line.len()
}

/// Whether a line tells nothing but who made a picture.
pub(super) fn is_picture_credit(line: &str) -> bool {
    line.len() <= LONGEST_PICTURE_CREDIT
        && line.contains([':', '：', '©'])
        && (line.contains('©') || !line.contains(|letter: char| letter.is_ascii_digit()))
        && !(line.ends_with('.') && line.split_whitespace().count() > LONGEST_MAKER)
        && PICTURE_CREDITS.as_ref().is_some_and(|regex| regex.is_match(line))
}

/// Whether a line belongs to the page and not to the article. `linked` of its bytes are a link.
pub(super) fn is_boilerplate(line: &str, linked: usize) -> bool {
    const LONGEST_COPYRIGHT: usize = 60;
    let line = line.trim();
    if line.chars().count() > LONGEST_BOILERPLATE {
        return false;
    }
    if line.len() < LONGEST_COPYRIGHT && is_copyright(line) {
        return true;
    }
    if line.ends_with('.') && !line.ends_with("...") {
        return false;
    }
    let is_call = || {
        let Some(found) = CALLS.as_ref().and_then(|regex| regex.captures(line)) else { return false };
        let is_open = found.name("rest").is_some_and(|rest| rest.is_empty() && rest.end() < line.len());
        found.name("label").is_none() || !is_open || linked * 2 >= line.len()
    };
    LABELS.as_ref().is_some_and(|regex| regex.is_match(line)) || is_call()
}

/// "Copyright" before a sign or a year; a story may be about copyright.
fn is_copyright(line: &str) -> bool {
    let Some(rest) = line.get(..9).filter(|word| word.eq_ignore_ascii_case("copyright")).and_then(|word| line.get(word.len()..)) else {
        return line.starts_with('©');
    };
    rest.contains('©')
        || rest.to_ascii_lowercase().contains("(c)")
        || rest.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_before_a_headline_points_elsewhere() {
        for line in [
            "Read also: The ferry sails again",
            "VEA TAMBIÉN: El ferri vuelve a zarpar",
            "» Lees ook: De veerboot vaart weer",
            "À lire aussi » Le ferry repart",
            "READ MORE | The ferry sails again",
            "İLGİLİ HABER: Köprü üç ay kapalı kalacak",
            "بیشتر بخوانید: پل سه ماه بسته می‌ماند",
            "اقرأ أيضاً: الجسر يغلق ثلاثة أشهر",
            "קראו גם: הגשר ייסגר לשלושה חודשים",
            "और पढ़ें: पुल तीन महीने बंद रहेगा",
            "আরও পড়ুন: সেতু তিন মাস বন্ধ থাকবে",
            "อ่านเพิ่มเติม: สะพานปิดสามเดือน",
            "【関連記事】橋は三か月通行止めに",
            "▼あわせて読みたい：橋は三か月通行止めに",
            "[관련기사] 다리 석 달 통제",
            "相关阅读：大桥关闭三个月",
            "Lue myös: Silta suljetaan kolmeksi kuukaudeksi",
            "Pročitajte još: Most zatvoren tri mjeseca",
        ] {
            assert!(is_pointer(line, 0), "{line}");
        }
        let headline = "El ferri vuelve a zarpar";
        let line = format!("Lea: {headline}");
        assert!(is_pointer(&line, headline.len()) && !is_pointer(&line, 0));
        for line in [
            "Watch: the tide turns at noon",
            "See: chapter 3",
            "He read: nothing had changed",
            "Related-party deals were few",
            "Related to this: a loss of trust",
            "See also: Appendix B, where all is told.",
            "Read more – that is what the old librarian says",
        ] {
            assert!(!is_pointer(line, 0), "{line}");
        }
    }

    #[test]
    fn who_made_a_picture_is_no_text() {
        for line in [
            "Photo: Ann Brook",
            "(Image credit: Ann Brook)",
            "Titelbild: A. Brook/Harbour Archive",
            "Crédits photos : Ann Brook",
            "写真：港新聞",
        ] {
            assert!(is_picture_credit(line), "{line}");
        }
        let sentence = format!("Photo: {}", "many came to the quay ".repeat(5));
        for line in [
            "Photographs of the ferry: none were kept",
            "Images of the quay",
            "Bildung: neue Schule",
            "Foto",
            "Image: 8/10",
            "Photo/video equipment is left here",
            &sentence,
        ] {
            assert!(!is_picture_credit(line), "{line}");
        }
    }

    #[test]
    fn running_times_are_known() {
        for line in ["June 9, 202100: 44", "12.06.2021 · 0:44", "2021-06-09 | 1:02:33", "November 9, 202600: 44"] {
            assert!(is_running_time(line, false), "{line}");
        }
        // Rehearsals and matches have dates and times too.
        for line in ["9 de junio de 2021 01:12", "12.06.2021 - 0:44"] {
            assert!(is_running_time(line, true) && !is_running_time(line, false), "{line}");
        }
        for line in [
            "When: 9 May 2026, 9:30",
            "Saturday, 9 May 2026, 19:30",
            "The meeting is at 10:30",
            "On June 9, 2021 at 10:44 she said that all is well.",
            "Founded 1998: 44 members",
        ] {
            assert!(!is_running_time(line, true), "{line}");
        }
    }

    #[test]
    fn bare_dates_are_known() {
        for line in [
            "2026-11-18T20:59:26.201Z",
            "Published on June 9, 2021 at 10:44",
            "9 de junio de 2021",
            "PUBLISHED: June 9, 2021 at 4:30 p.m. | UPDATED: June 10, 2021 at 3:58 a.m.",
            "Posted: Thursday, June 10, 2021. 10:11 pm CST.",
        ] {
            assert!(is_stamp(line), "{line}");
        }
        for line in [
            "On June 9, 2021 the bridge opened to carts and to walkers.",
            "The year 2021",
            "Chapter 12",
            "Updated: on June 9, 2021 the rules for carts, walkers and horses on the bridge were changed.",
            "Published: the fair runs from June 9, 2021 to June 12, 2021",
            "Open from June 9, 2021, and to carts from June 10, 2021",
        ] {
            assert!(!is_stamp(line), "{line}");
        }
    }

    #[test]
    fn calls_are_boilerplate_and_sentences_are_not() {
        assert!(is_boilerplate("Read more: the bridge opens", 0));
        for line in ["Lea también", "Přečtěte si: most", "Читайте также", "À lire aussi", "関連記事", "اقرأ أيضا", "Don’t miss: the bridge"]
        {
            assert!(is_boilerplate(line, 0), "{line}");
        }
        assert!(!is_boilerplate(
            "Read more books, the librarian said, and the winter will be shorter than you think it is going to be.",
            0
        ));
        assert!(is_boilerplate("Related investing topics", 0) && is_boilerplate("Advertisement - story continues below", 0));
        assert!(
            is_boilerplate("Comments (12)", 0)
                && is_boilerplate("Related:", 0)
                && is_boilerplate("Anzeige", 0)
                && is_boilerplate("Loading…", 0)
        );
        assert!(is_boilerplate("Copyright 2026 The Harbour Post", 0) && is_boilerplate("© Hafenpost", 0));
        assert!(is_boilerplate("Read more about the ferry", 20) && !is_boilerplate("Read more about the ferry", 0));
        for line in ["Lust auf mehr?", "Das könnte Sie auch interessieren:", "Sur le même sujet", "Похожие статьи", "Berita terkait"]
        {
            assert!(is_boilerplate(line, 0), "{line}");
        }
        for line in [
            "Weitere Beiträge der Mitglieder sind willkommen",
            "Copyright and artificial intelligence",
            "Siguen las estafas por WhatsApp en la bahía",
            "Don’t miss the last ferry",
            "Read more books than you buy",
            "Sign up on the city's website",
            "Weitere Themen der Sitzung:",
            "Anzeige: Mann beleidigt Beamte",
            "Recommended: 16 GB of memory",
            "Watch 10 minutes of the new game",
            "Lees ook de kleine letters",
            "Reading is fun",
            "Watchmakers return to the valley",
            "Related work",
            "Watch: the bridge is open to carts and walkers.",
            "Comments from the council",
            "Loading the wagons",
            "Subscribers and what they pay",
            "Werbungskosten richtig angeben",
            "Watch the water level every day",
            "Publicidad y prensa",
        ] {
            assert!(!is_boilerplate(line, 0), "{line}");
        }
    }
}
