//! News agencies and large outlets: their names, spelled in their ways, and their home pages.
//!
//! General knowledge, not a list of sites to treat specially: it unifies names and tells an agency from any other name.

use crate::url::Url;

/// Key, home page, and the names in lower case without an article. The first list are agencies.
const AGENCIES: [(&str, &str, &[&str]); 46] = [
    ("ap", "https://apnews.com/", &["ap", "associated press", "apnews", "apnews.com", "ap news", "a.p."]),
    ("reuters", "https://www.reuters.com/", &["reuters", "thomson reuters", "reuters.com", "路透社", "路透"]),
    ("afp", "https://www.afp.com/", &["afp", "agence france-presse", "agence france presse", "法新社", "afpbb", "(afp)"]),
    ("dpa", "https://www.dpa.com/", &["dpa", "deutsche presse-agentur", "dpa-infocom", "dpa-afx", "dpa-tmn"]),
    ("efe", "https://efe.com/", &["efe", "agencia efe", "efe.com", "agencias efe"]),
    ("ansa", "https://www.ansa.it/", &["ansa", "ansa.it"]),
    ("upi", "https://www.upi.com/", &["upi", "united press international"]),
    ("pti", "https://www.ptinews.com/", &["pti", "press trust of india"]),
    ("ani", "https://www.aninews.in/", &["ani", "asian news international"]),
    ("ians", "https://ians.in/", &["ians", "indo-asian news service"]),
    ("xinhua", "https://www.xinhuanet.com/", &["xinhua", "xinhuanet", "新华社", "新华网", "xinhua news agency", "新華社"]),
    ("chinanews", "https://www.chinanews.com.cn/", &["中新社", "中新网", "中国新闻网", "china news service"]),
    ("tass", "https://tass.com/", &["tass", "тасс", "itar-tass"]),
    ("interfax", "https://www.interfax.ru/", &["interfax", "интерфакс"]),
    ("ria", "https://ria.ru/", &["ria novosti", "риа новости", "sputnik"]),
    ("ukrinform", "https://www.ukrinform.net/", &["ukrinform", "укринформ", "укрінформ"]),
    ("unian", "https://www.unian.info/", &["unian", "унiан", "униан", "уніан"]),
    ("kyodo", "https://english.kyodonews.net/", &["kyodo", "kyodo news", "共同通信", "共同"]),
    ("jiji", "https://www.jiji.com/", &["jiji", "jiji press", "時事通信"]),
    ("yonhap", "https://www.yna.co.kr/", &["yonhap", "연합뉴스"]),
    ("sid", "https://www.sid.de/", &["sid", "sport-informations-dienst"]),
    ("kna", "https://www.kna.de/", &["kna", "katholische nachrichten-agentur"]),
    ("epd", "https://www.epd.de/", &["epd", "evangelischer pressedienst"]),
    ("apa", "https://www.apa.at/", &["apa", "austria presse agentur"]),
    ("sda", "https://www.keystone-sda.ch/", &["sda", "keystone-sda", "awp"]),
    ("anp", "https://www.anp.nl/", &["anp", "algemeen nederlands persbureau"]),
    ("belga", "https://www.belga.be/", &["belga"]),
    ("ritzau", "https://ritzau.dk/", &["ritzau"]),
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
    ("canadianpress", "https://www.thecanadianpress.com/", &["canadian press", "la presse canadienne"]),
    ("bns", "https://www.bns.lt/", &["bns", "baltic news service"]),
    ("antara", "https://www.antaranews.com/", &["antara", "antara news"]),
    ("anadolu", "https://www.aa.com.tr/", &["anadolu", "anadolu agency", "anadolu ajansı"]),
    ("petra", "https://petra.gov.jo/", &["petra", "بترا"]),
    ("bloomberg", "https://www.bloomberg.com/", &["bloomberg", "bloomberg news"]),
];

/// One key for all names of an outlet or agency; an unknown name in plain letters.
pub fn alias_key(name: &str) -> String {
    let plain = plain(name);
    AGENCIES.iter().find(|(_, _, names)| names.contains(&plain.as_str())).map_or(plain, |(key, ..)| (*key).to_owned())
}

/// The home page of a known name.
pub fn home_page(name: &str) -> Option<Url> {
    let plain = plain(name);
    AGENCIES.iter().find(|(_, _, names)| names.contains(&plain.as_str())).and_then(|(_, home, _)| Url::parse(home).ok())
}

/// Whether a name is that of an agency.
pub(super) fn is_agency(name: &str) -> bool {
    let plain = plain(name);
    AGENCIES.iter().any(|(_, _, names)| names.contains(&plain.as_str()))
}

fn plain(name: &str) -> String {
    let lower = name.trim().trim_matches(['.', ',', '"', '“', '”', '(', ')', '|']).to_lowercase();
    let known = |name: &str| AGENCIES.iter().any(|(_, _, names)| names.contains(&name));
    let mut bare = lower.strip_prefix("the ").unwrap_or(&lower).to_owned();
    // "By The Associated Press": what stands before a known name is no part of it.
    for lead in ["by ", "von ", "por ", "par ", "the ", "agencia ", "agence "] {
        if let Some(rest) = bare.strip_prefix(lead)
            && (known(rest) || rest.strip_prefix("the ").is_some_and(known))
        {
            bare = rest.strip_prefix("the ").unwrap_or(rest).to_owned();
        }
    }
    bare.split_whitespace().collect::<Vec<_>>().join(" ").trim_start_matches("www.").to_owned()
}
