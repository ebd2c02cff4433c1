//! Words beside a time: the days of the week, and the halves of a day.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Days of the week, a line for a group of languages. All that begin so are meant ("czwartku"), so that cases need no line of their own.
/// Names of up to four letters are left out: so short a word may stand before a time anyway.
const WEEKDAYS: &[&str] = &[
    "monday tuesday wednesday thursday friday saturday sunday",
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lunes martes miércoles miercoles jueves viernes sábado sabado domingo segunda terça quarta quinta sexta feira",
    "lunedì lunedi martedì mercoledì mercoledi giovedì giovedi venerdì venerdi domenica",
    "dilluns dimarts dimecres dijous divendres dissabte diumenge",
    "måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag",
    "mánudag þriðjudag miðvikudag fimmtudag föstudag laugardag sunnudag",
    "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev",
    "poniedział wtorek środa środę czwart piątek sobota sobotę niedziel",
    "pondělí úterý středa středu čtvrtek pátek sobotu neděle neděli pondelok utorok stredu streda štvrtok piatok nedeľa nedeľu",
    "ponedj ponede utorak torek srijed sreda četvrt četrt petak petek subota nedjelj nedelj",
    "hétfő szerda csütörtök péntek szombat vasárnap",
    "marți marţi miercuri vineri sâmbătă sambata duminică duminica",
    "pazartesi çarşamba perşembe cumartesi pazar",
    "pirmadien antradien trečiadien ketvirtadien penktadien šeštadien sekmadien pirmdien otrdien trešdien ceturtdien piektdien sestdien svētdien",
    "senin selasa kamis jumat sabtu minggu isnin khamis jumaat",
    "понед втор среда сред четвер пятни суббот воскрес понеділ вівтор серед ятниц субот неділ сряда четвър петък петак събот недел недеља",
    "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή",
    "الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد الاحد",
    "دوشنبه چهارشنبه پنجشنبه یکشنبه שלישי רביעי חמישי שישי ראשון",
    "सोमवार मंगलवार बुधवार गुरुवार बृहस्पतिवार शुक्रवार शनिवार रविवार সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রবিবার",
    "วันจันทร์ จันทร์ วันอังคาร อังคาร วันพุธ วันพฤหัส พฤหัส วันศุกร์ ศุกร์ วันเสาร์ เสาร์ วันอาทิตย์ อาทิตย์",
];

/// The days by the letter that they begin with: most words beside a date are none of them.
static BY_LETTER: LazyLock<HashMap<char, Vec<&str>>> = LazyLock::new(|| {
    let mut days: HashMap<char, Vec<&str>> = HashMap::new();
    for name in WEEKDAYS.iter().flat_map(|line| line.split(' ')) {
        days.entry(name.chars().next().unwrap_or_default()).or_default().push(name);
    }
    days
});

/// Whether a lower-case word is a day of the week.
pub(super) fn is_weekday(word: &str) -> bool {
    let days = word.chars().next().and_then(|first| BY_LETTER.get(&first));
    days.is_some_and(|days| days.iter().any(|name| word.starts_with(name)))
}

/// Words after which a Chinese day of the week follows as a number.
pub(super) fn numbers_weekdays(word: &str) -> bool {
    matches!(word, "星期" | "周" | "週" | "礼拜" | "禮拜")
}

/// Which part of the day an hour of a clock of twelve hours belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Half {
    Morning,
    /// The hours about noon: eleven stays eleven, and one is thirteen.
    Noon,
    Afternoon,
    /// Nine is twenty-one, and two stays two.
    Night,
}

/// At noon, earlier hours are those after it.
const FIRST_AT_NOON: i64 = 8;
/// Nights begin at six; earlier hours are of the next day.
const FIRST_AT_NIGHT: i64 = 6;

impl Half {
    /// The half that a lower-case word beside a time names.
    pub(super) fn named(word: &str) -> Option<Self> {
        Some(match word {
            "pm"
            | "오후"
            | "下午"
            | "午後"
            | "傍晚"
            | "μμ"
            | "م"
            | "مساء"
            | "مساءً"
            | "مساءا"
            | "عصر"
            | "ch"
            | "chiều"
            | "ös"
            | "शाम"
            | "বিকেল"
            | "বিকাল"
            | "সন্ধ্যা"
            | "저녁"
            | "petang" => Self::Afternoon,
            "am" | "오전" | "새벽" | "아침" | "上午" | "午前" | "凌晨" | "早上" | "早晨" | "πμ" | "ص" | "صباحا" | "صباحاً" | "صباحًا"
            | "صبح" | "sa" | "sáng" | "öö" | "सुबह" | "সকাল" | "pagi" => Self::Morning,
            "दोपहर" | "দুপুর" | "中午" | "ظهرا" | "ظهراً" | "ظهرًا" | "trưa" => Self::Noon,
            "रात" | "রাত" | "晚上" | "晚间" | "밤" | "tối" | "شب" | "ليلا" | "ليلاً" | "ليلًا" | "malam" => {
                Self::Night
            }
            _ => return None,
        })
    }

    /// The half of two dotted letters: "p.m.", "μ.μ.".
    pub(super) fn dotted(first: &str, second: &str) -> Option<Self> {
        match (first, second) {
            ("p", "m") | ("μ", "μ") | ("ب", "ظ") => Some(Self::Afternoon),
            ("a", "m") | ("π", "μ") | ("ق", "ظ") => Some(Self::Morning),
            _ => None,
        }
    }

    /// The hour of a day of 24.
    pub(super) fn hour(self, hour: i64) -> i64 {
        match self {
            Self::Afternoon if hour < 12 => hour + 12,
            Self::Noon if hour < FIRST_AT_NOON => hour + 12,
            Self::Night if (FIRST_AT_NIGHT..12).contains(&hour) => hour + 12,
            Self::Morning | Self::Night if hour == 12 => 0,
            _ => hour % 24,
        }
    }
}
