//! News agencies and well-known outlets: their names, spelled in their ways, and their home pages.
//!
//! General knowledge, not a list of sites to treat specially: it unifies names, gives a name its home page, and tells an agency from any other name.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::url::Url;

/// A key, a home page, and the names in lower case without an article.
type Entry = (&'static str, &'static str, &'static [&'static str]);

/// Their text is made to be carried by others: a bare name is enough to credit them.
const AGENCIES: &[Entry] = &[
    ("ap", "https://apnews.com/", &["ap", "associated press", "apnews", "apnews.com", "ap news", "a.p."]),
    (
        "reuters",
        "https://www.reuters.com/",
        &["reuters", "thomson reuters", "reuters.com", "reuters news agency", "ロイター", "رويترز", "路透社", "路透"],
    ),
    (
        "afp",
        "https://www.afp.com/",
        &["afp", "agence france-presse", "agence france presse", "法新社", "afpbb", "afp.com", "afp news agency"],
    ),
    ("dpa", "https://www.dpa.com/", &["dpa", "deutsche presse-agentur", "dpa-infocom", "dpa-afx", "dpa-tmn", "dpa.com", "dpa infocom"]),
    ("efe", "https://efe.com/", &["efe", "agencia efe", "efe.com", "agencias efe", "efe-epa", "epa-efe"]),
    ("ansa", "https://www.ansa.it/", &["ansa", "ansa.it", "agenzia ansa"]),
    ("upi", "https://www.upi.com/", &["upi", "united press international"]),
    ("pti", "https://www.ptinews.com/", &["pti", "press trust of india"]),
    ("ani", "https://www.aninews.in/", &["ani", "asian news international"]),
    ("ians", "https://ians.in/", &["ians", "indo-asian news service"]),
    ("xinhua", "https://www.xinhuanet.com/", &["xinhua", "xinhuanet", "新华社", "新华网", "xinhua news agency", "xinhuanet.com", "新華社"]),
    ("chinanews", "https://www.chinanews.com.cn/", &["中新社", "中新网", "chinanews.com", "中国新闻网", "china news service"]),
    ("tass", "https://tass.com/", &["tass", "тасс", "itar-tass"]),
    ("interfax", "https://www.interfax.ru/", &["interfax", "интерфакс"]),
    ("ria", "https://ria.ru/", &["ria novosti", "риа новости", "sputnik"]),
    ("ukrinform", "https://www.ukrinform.net/", &["ukrinform", "укринформ", "укрінформ"]),
    ("unian", "https://www.unian.info/", &["unian", "унiан", "униан", "уніан"]),
    ("kyodo", "https://english.kyodonews.net/", &["kyodo", "kyodo news", "共同通信", "共同通信社", "共同"]),
    ("jiji", "https://www.jiji.com/", &["jiji", "jiji press", "時事通信", "時事通信社", "時事"]),
    ("yonhap", "https://www.yna.co.kr/", &["yonhap", "연합뉴스", "yonhap news agency"]),
    ("sid", "https://www.sid.de/", &["sid", "sport-informations-dienst"]),
    ("kna", "https://www.kna.de/", &["kna", "katholische nachrichten-agentur"]),
    ("kathpress", "https://www.kathpress.at/", &["kathpress"]),
    ("epd", "https://www.epd.de/", &["epd", "evangelischer pressedienst"]),
    ("apa", "https://www.apa.at/", &["apa", "austria presse agentur", "apa-ots"]),
    ("sda", "https://www.keystone-sda.ch/", &["sda", "keystone-sda", "awp", "ats", "keystone-ats"]),
    ("anp", "https://www.anp.nl/", &["anp", "algemeen nederlands persbureau"]),
    ("belga", "https://www.belga.be/", &["belga", "agence belga", "belga news agency"]),
    ("ritzau", "https://ritzau.dk/", &["ritzau", "ritzaus bureau"]),
    ("ntb", "https://www.ntb.no/", &["ntb", "norsk telegrambyrå"]),
    ("tt", "https://tt.se/", &["tt", "tt nyhetsbyrån"]),
    ("stt", "https://stt.fi/", &["stt", "suomen tietotoimisto"]),
    ("pap", "https://www.pap.pl/", &["pap", "polska agencja prasowa"]),
    ("ctk", "https://www.ctk.cz/", &["čtk", "ctk", "česká tisková kancelář"]),
    ("mti", "https://mti.hu/", &["mti", "magyar távirati iroda"]),
    ("lusa", "https://www.lusa.pt/", &["lusa", "agência lusa"]),
    ("agenciabrasil", "https://agenciabrasil.ebc.com.br/", &["agência brasil", "agencia brasil"]),
    ("europapress", "https://www.europapress.es/", &["europa press", "europapress"]),
    ("notimex", "https://www.notimex.mx/", &["notimex"]),
    ("telam", "https://www.telam.com.ar/", &["télam", "telam"]),
    ("aap", "https://www.aap.com.au/", &["aap", "australian associated press"]),
    ("canadianpress", "https://www.thecanadianpress.com/", &["canadian press", "la presse canadienne", "presse canadienne"]),
    ("bns", "https://www.bns.lt/", &["bns", "baltic news service"]),
    ("antara", "https://www.antaranews.com/", &["antara", "antara news", "antaranews"]),
    ("anadolu", "https://www.aa.com.tr/", &["anadolu", "anadolu agency", "anadolu ajansı"]),
    ("petra", "https://petra.gov.jo/", &["petra", "بترا", "jordan news agency"]),
    ("dts", "https://www.dts-nachrichtenagentur.de/", &["dts", "dts nachrichtenagentur", "dts-nachrichtenagentur"]),
    ("pa", "https://pa.media/", &["pa media", "press association"]),
    ("uni", "https://www.uniindia.com/", &["united news of india"]),
    ("adnkronos", "https://www.adnkronos.com/", &["adnkronos"]),
    ("lapresse", "https://www.lapresse.it/", &["lapresse"]),
    ("tasr", "https://www.tasr.sk/", &["tasr"]),
    ("elta", "https://www.elta.lt/", &["elta"]),
    ("leta", "https://www.leta.lv/", &["leta"]),
    ("agerpres", "https://www.agerpres.ro/", &["agerpres"]),
    ("mediafax", "https://www.mediafax.ro/", &["mediafax"]),
    ("hina", "https://www.hina.hr/", &["hina"]),
    ("tanjug", "https://www.tanjug.rs/", &["tanjug", "танјуг"]),
    ("fena", "https://fena.ba/", &["fena"]),
    ("bta", "https://www.bta.bg/", &["бта", "bulgarian news agency"]),
    ("amna", "https://www.amna.gr/", &["αμπε", "απε-μπε", "απε"]),
    ("dha", "https://www.dha.com.tr/", &["dha", "demirören haber ajansı"]),
    ("iha", "https://www.iha.com.tr/", &["iha", "i̇ha", "ihlas haber ajansı", "i̇hlas haber ajansı"]),
    ("estadao", "https://www.estadao.com.br/", &["estadão conteúdo", "agência estado"]),
    ("folhapress", "https://folhapress.folha.com.br/", &["folhapress"]),
    ("acn", "http://www.acn.cu/", &["acn", "agencia cubana de noticias"]),
    ("prensalatina", "https://www.prensa-latina.cu/", &["prensa latina"]),
    ("sana", "https://sana.sy/", &["sana", "سانا"]),
    ("wam", "https://www.wam.ae/", &["wam", "وام"]),
    ("qna", "https://www.qna.org.qa/", &["qna", "قنا"]),
    ("spa", "https://www.spa.gov.sa/", &["واس", "saudi press agency"]),
    ("mena", "https://www.mena.org.eg/", &["أ ش أ", "أ.ش.أ"]),
    ("irna", "https://www.irna.ir/", &["irna", "ایرنا"]),
    ("isna", "https://www.isna.ir/", &["isna", "ایسنا"]),
    ("tasnim", "https://www.tasnimnews.com/", &["tasnim", "تسنیم"]),
    ("fars", "https://www.farsnews.ir/", &["fars news agency", "فارس"]),
    ("bernama", "https://www.bernama.com/", &["bernama"]),
    ("pna", "https://www.pna.gov.ph/", &["philippine news agency"]),
    ("app", "https://www.app.com.pk/", &["associated press of pakistan"]),
    ("cna-taiwan", "https://www.cna.com.tw/", &["中央社", "central news agency"]),
    ("vna", "https://vnanet.vn/", &["ttxvn", "vietnam news agency"]),
    ("kazinform", "https://www.inform.kz/", &["kazinform", "казинформ"]),
    ("belta", "https://www.belta.by/", &["belta", "белта"]),
    ("rns", "https://religionnews.com/", &["religion news service"]),
    ("tns", "https://www.tribpub.com/", &["tns", "tribune news service"]),
    ("cnnwire", "https://www.cnn.com/", &["cnn wire", "the-cnn-wire", "cnn newsource"]),
];
/// Outlets that others quote and take over.
const OUTLETS: &[Entry] = &[
    ("cnnwire", "https://www.cnn.com/", &["cnn", "cnn.com", "cable news network"]),
    ("bbc", "https://www.bbc.com/", &["bbc", "bbc news", "bbc.com", "bbc.co.uk"]),
    ("nyt", "https://www.nytimes.com/", &["nyt", "new york times", "nytimes.com", "n.y. times"]),
    ("wsj", "https://www.wsj.com/", &["wsj", "wall street journal", "wsj.com"]),
    ("washingtonpost", "https://www.washingtonpost.com/", &["washington post", "wapo", "washingtonpost.com"]),
    ("usatoday", "https://www.usatoday.com/", &["usa today", "usatoday.com", "usa today network"]),
    ("nbcnews", "https://www.nbcnews.com/", &["nbc news", "nbcnews.com"]),
    ("abcnews", "https://abcnews.go.com/", &["abc news", "abcnews.go.com"]),
    ("cbsnews", "https://www.cbsnews.com/", &["cbs news", "cbsnews.com"]),
    ("foxnews", "https://www.foxnews.com/", &["fox news", "foxnews.com"]),
    ("npr", "https://www.npr.org/", &["npr", "npr.org", "national public radio"]),
    ("bloomberg", "https://www.bloomberg.com/", &["bloomberg", "bloomberg news", "bloomberg.com"]),
    ("theconversation", "https://theconversation.com/", &["conversation", "theconversation.com"]),
    ("guardian", "https://www.theguardian.com/", &["guardian", "theguardian.com"]),
    ("latimes", "https://www.latimes.com/", &["los angeles times", "latimes.com", "l.a. times"]),
    ("cnbc", "https://www.cnbc.com/", &["cnbc", "cnbc.com"]),
    ("politico", "https://www.politico.com/", &["politico", "politico.com"]),
    ("propublica", "https://www.propublica.org/", &["propublica", "propublica.org"]),
    ("telemundo", "https://www.telemundo.com/", &["telemundo", "telemundo.com", "noticias telemundo"]),
    ("univision", "https://www.univision.com/", &["univision", "univisión", "univision.com"]),
    ("voa", "https://www.voanews.com/", &["voa", "voice of america", "voanews.com", "voa news"]),
    ("dw", "https://www.dw.com/", &["dw", "deutsche welle", "dw.com"]),
    ("aljazeera", "https://www.aljazeera.com/", &["al jazeera", "aljazeera", "aljazeera.com", "الجزيرة"]),
    ("financialtimes", "https://www.ft.com/", &["financial times", "ft.com"]),
    ("cbc", "https://www.cbc.ca/", &["cbc", "cbc news", "cbc.ca"]),
    ("rferl", "https://www.rferl.org/", &["rfe/rl", "radio free europe", "radio liberty"]),
    ("projectsyndicate", "https://www.project-syndicate.org/", &["project syndicate"]),
    ("lemonde", "https://www.lemonde.fr/", &["le monde", "lemonde.fr"]),
    ("elpais", "https://elpais.com/", &["el país", "el pais", "elpais.com"]),
    ("spiegel", "https://www.spiegel.de/", &["spiegel", "spiegel online", "spiegel.de"]),
    ("ard", "https://www.tagesschau.de/", &["ard", "tagesschau", "tagesschau.de"]),
    ("zdf", "https://www.zdf.de/", &["zdf", "zdf.de"]),
    ("people", "http://www.people.com.cn/", &["人民日报", "人民网"]),
    ("cctv", "https://www.cctv.com/", &["cctv", "央视", "央视新闻", "央视网"]),
];

#[derive(Clone, Copy)]
struct Known {
    key: &'static str,
    home: &'static str,
    agency: bool,
}

static KNOWN: LazyLock<HashMap<&'static str, Known>> = LazyLock::new(|| {
    let all = AGENCIES.iter().map(|entry| (entry, true)).chain(OUTLETS.iter().map(|entry| (entry, false)));
    all.flat_map(|((key, home, names), agency)| names.iter().map(move |name| (*name, Known { key, home, agency }))).collect()
});

/// What may stand before a name and is no part of it.
const LEADS: [&str; 15] = [
    "the ",
    "by ",
    "von ",
    "por ",
    "par ",
    "the ",
    "der ",
    "la ",
    "agencia ",
    "agence ",
    "agência ",
    "agenzia ",
    "agencja ",
    "агентство ",
    "وكالة ",
];
/// The same, without a space.
const ELIDED: [&str; 2] = ["l'", "l’"];

/// The words with which names of agencies begin.
static FIRST_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let names = AGENCIES.iter().flat_map(|(.., names)| names.iter());
    names.chain(&LEADS).filter_map(|name| name.split_whitespace().next()).collect()
});

/// Whether the name of an agency may begin with a word: a quick look before the name is made and looked up.
pub(super) fn begins_agency(word: &str) -> bool {
    let lower = plain_edges(word).to_lowercase();
    FIRST_WORDS.contains(lower.as_str()) || ["dpa", "http", "www.", "d'", "d’"].iter().chain(&ELIDED).any(|start| lower.starts_with(start))
}

/// One key for all names of an outlet or agency; an unknown name in plain letters.
pub fn alias_key(name: &str) -> String {
    let plain = plain(name);
    KNOWN.get(plain.as_str()).map_or(plain, |known| known.key.to_owned())
}

/// The home page of a known name.
pub fn home_page(name: &str) -> Option<Url> {
    KNOWN.get(plain(name).as_str()).and_then(|known| Url::parse(known.home).ok())
}

/// Whether a name is that of an agency, spelled as agencies are: `Ani` is a person, `ANI` and `dpa` are not.
pub(super) fn is_agency(name: &str) -> bool {
    KNOWN.get(plain(name).as_str()).is_some_and(|known| known.agency) && is_spelled_out(shown(name))
}

/// Whether a name is that of an agency or of a well-known outlet.
pub(super) fn is_known(name: &str) -> bool {
    KNOWN.contains_key(plain(name).as_str()) && is_spelled_out(shown(name))
}

/// A short Latin name in mixed case is more often a first name or a word.
fn is_spelled_out(name: &str) -> bool {
    const ABBREVIATION: usize = 4;
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphabetic()).collect();
    let all = |test: fn(&char) -> bool| letters.iter().all(test);
    letters.len() > ABBREVIATION || all(|c| !c.is_lowercase()) || all(|c| !c.is_uppercase())
}

/// A service of an agency is shown as that agency, where it is not known by its own name: `dpa-Sportnews` is `dpa`.
pub(super) fn shown(name: &str) -> &str {
    let elided = ["l'", "l’", "d'", "d’"].iter().find_map(|article| name.strip_prefix(article));
    let name = elided.filter(|rest| KNOWN.contains_key(rest.to_lowercase().as_str())).unwrap_or(name);
    let first = name.split_whitespace().next().unwrap_or(name);
    match first.split_once('-') {
        Some((agency, _)) if agency.eq_ignore_ascii_case("dpa") => {
            if KNOWN.contains_key(first.to_lowercase().as_str()) {
                first
            } else {
                agency
            }
        }
        _ => name,
    }
}

fn plain_edges(name: &str) -> &str {
    name.trim().trim_matches(['.', ',', '"', '“', '”', '(', ')', '|', '„', '«', '»'])
}

fn plain(name: &str) -> String {
    let lower = plain_edges(name).to_lowercase();
    let lower = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).unwrap_or(&lower).trim_end_matches('/');
    let mut bare = lower.trim_start_matches("www.");
    // "By The Associated Press", "Agencia EFE": what stands before a known name is no part of it.
    for lead in LEADS.into_iter().chain(ELIDED) {
        if let Some(rest) = bare.strip_prefix(lead)
            && (lead == "the " || KNOWN.contains_key(rest) || rest.strip_prefix("the ").is_some_and(|rest| KNOWN.contains_key(rest)))
        {
            bare = rest;
        }
    }
    let joined = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    // The services of one agency are that agency: `dpa-AFX`, `dpa-tmn`.
    if joined.starts_with("dpa-") || joined.starts_with("dpa/") { "dpa".to_owned() } else { joined }
}
