//! Words that label a date as that of a publication or of a change.

use std::sync::LazyLock;

use regex::Regex;

/// Whether a text begins with a word for publication.
pub(super) fn says_published(text: &str) -> bool {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!("^(?:{})", PUBLISHED.join("|"))).ok());
    WORDS.as_ref().is_some_and(|words| words.is_match(&text.to_lowercase()))
}

/// Whether a text has a word for a change.
pub(super) fn says_modified(text: &str) -> bool {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&MODIFIED.join("|")).ok());
    WORDS.as_ref().is_some_and(|words| words.is_match(&text.to_lowercase()))
}

/// Where each word for publication or for a change stands in a text, and whether it is for a change.
pub(super) fn all(text: &str) -> Vec<(usize, bool)> {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&[PUBLISHED.join("|"), MODIFIED.join("|")].join("|")).ok());
    let Some(words) = WORDS.as_ref() else { return Vec::new() };
    words.find_iter(&small(text)).map(|found| (found.start(), !PUBLISHED.contains(&found.as_str()))).collect()
}

/// A text in small letters, each at its place: what would change its length stays as it is.
fn small(text: &str) -> String {
    let of = |letter: char| letter.to_lowercase().next().filter(|small| small.len_utf8() == letter.len_utf8()).unwrap_or(letter);
    text.chars().map(of).collect()
}

/// Words for publication before a date.
/// Stems stand for all that begin so.
pub(super) const PUBLISHED: [&str; 95] = [
    "posted",
    "published",
    "date published",
    "publication date",
    "first published",
    "veröffentlicht",
    "veröffentlichung",
    "erstellt am",
    "erschienen am",
    "erscheinungsdatum",
    "eingestellt am",
    "publié",
    "date de publication",
    "mis en ligne",
    "publicado",
    "publicada",
    "publicación",
    "fecha de publicación",
    "data de publicação",
    "data da publicação",
    "publicação",
    "pubblicato",
    "pubblicata",
    "data di pubblicazione",
    "pubblicazione",
    "publicat ",
    "publicat:",
    "data publicării",
    "data publicarii",
    "gepubliceerd",
    "geplaatst",
    "publicerad",
    "publiceringsdatum",
    "publisert",
    "udgivet",
    "offentliggjort",
    "publiceret",
    "julkaistu",
    "avaldatud",
    "birt ",
    "opublikowano",
    "data publikacji",
    "publikacja",
    "dodano",
    "zveřejněno",
    "publikováno",
    "vydáno",
    "zverejnené",
    "publikované",
    "objavljeno",
    "objava",
    "megjelent",
    "közzétéve",
    "publikálva",
    "paskelbta",
    "publicēts",
    "publikuota",
    "δημοσιεύ",
    "δημοσίευση",
    "ημερομηνία δημοσίευσης",
    "опубликовано",
    "дата публикации",
    "опубліковано",
    "дата публікації",
    "публикувано",
    "објављено",
    "yayınlanma",
    "yayın tarihi",
    "yayımlan",
    "diterbitkan",
    "dipublikasikan",
    "ngày đăng",
    "đăng ngày",
    "xuất bản",
    "เผยแพร่",
    "วันที่เผยแพร่",
    "प्रकाशित",
    "نشر",
    "تاريخ النشر",
    "انتشار",
    "تاریخ انتشار",
    "פורסם",
    "公開日",
    "掲載日",
    "投稿日",
    "配信",
    "发布时间",
    "发布日期",
    "發布日期",
    "发表于",
    "發表於",
    "등록일",
    "입력",
    "게시일",
    "작성일",
];

/// Words for a change beside a date, many as stems: "aktualisiert", "Aktualisierung".
const MODIFIED: [&str; 62] = [
    "updated",
    "modified",
    "revised",
    "last reviewed",
    "changed",
    "last edited",
    "aktualisier",
    "geändert",
    "bearbeitet",
    "letzte änderung",
    "mis à jour",
    "mise à jour",
    "modifié",
    "actualiz",
    "actualitz",
    "modificad",
    "ultima modifica",
    "atualiza",
    "aggiorna",
    "bijgewerkt",
    "gewijzigd",
    "uppdatera",
    "opdater",
    "oppdater",
    "ändrad",
    "päivitet",
    "muokattu",
    "uuendatud",
    "muudetud",
    "uppfært",
    "aktualiz",
    "zmieniono",
    "změněno",
    "ažurira",
    "posodob",
    "frissít",
    "módosít",
    "atnaujint",
    "atjaunin",
    "ενημέρωση",
    "ενημερώθηκε",
    "обновлен",
    "изменен",
    "оновлен",
    "обновен",
    "ажурира",
    "güncelle",
    "diperbarui",
    "dikemas kini",
    "cập nhật",
    "แก้ไข",
    "อัปเดต",
    "อัพเดท",
    "अपडेट",
    "تحديث",
    "بروزرسانی",
    "به‌روزرسانی",
    "עודכן",
    "עדכון",
    "更新",
    "修改",
    "수정",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_whatever_their_letters() {
        let check = |text: &str, expected: &[(&str, bool)]| {
            let found: Vec<_> = all(text).into_iter().map(|(at, of_change)| (text.get(at..).unwrap_or(""), of_change)).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("PUBLISHED 4 July, Updated 6 July", &[("PUBLISHED 4 July, Updated 6 July", false), ("Updated 6 July", true)]);
        // The small letter of İ has two signs more.
        check("İZMİR Güncelleme: 06.07.2024", &[("Güncelleme: 06.07.2024", true)]);
        assert!(says_published("VERÖFFENTLICHT am 4. Juli") && !says_published("Neu veröffentlicht"));
        assert!(says_modified("Letzte ÄNDERUNG: 4. Juli") && !says_modified("Posted on 4 July"));
    }
}
