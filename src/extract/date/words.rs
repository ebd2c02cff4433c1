//! Names of months in many languages, with their usual abbreviations and inflections.
//!
//! A form that names different months in different languages stands in [`CONFLICTS`] too; the page's language decides.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// One line a language: twelve months split by `|`, forms of one month by spaces. A final `*` matches any ending.
const MONTHS: &[&str] = &[
    // English
    "january jan|february feb febr|march mar|april apr|may|june jun|july jul|august aug|september sept sep|october oct|november nov|december dec",
    // German (with Austrian)
    "januar jänner jän|februar feber|märz maerz mrz mär|april|mai|juni|juli|august|september|oktober okt|november|dezember dez",
    // French
    "janvier janv|février fevrier févr fév fevr|mars|avril avr|mai|juin|juillet juil|août aout aoû|septembre|octobre|novembre|décembre decembre déc",
    // Spanish
    "enero ene|febrero|marzo|abril abr|mayo|junio|julio|agosto ago|septiembre setiembre set|octubre|noviembre|diciembre dic",
    // Portuguese
    "janeiro|fevereiro fev|março marco|abril|maio|junho|julho|agosto|setembro|outubro out|novembro|dezembro",
    // Italian
    "gennaio gen genn|febbraio febbr|marzo|aprile|maggio mag magg|giugno giu|luglio lug|agosto|settembre sett|ottobre ott|novembre|dicembre",
    // Dutch, Afrikaans
    "januari januarie|februari februarie|maart mrt|april|mei|juni junie|juli julie|augustus|september|oktober|november|december desember",
    // Swedish, Danish, Norwegian
    "januari|februari|mars marts|april|maj|juni|juli|augusti|september|oktober|november|december desember des",
    // Icelandic
    "janúar|febrúar|mars|apríl|maí|júní|júlí|ágúst|september|október|nóvember|desember",
    // Finnish, Estonian
    "tammiku* jaanuar*|helmiku* veebruar*|maalisku* märts*|huhtiku* aprill*|toukoku*|kesäku* juuni*|heinäku* juuli*|elokuu* august|syysku* septembr*|lokaku* oktoobr*|marrasku* novembr*|jouluku* detsembr*",
    // Polish
    "styczeń stycznia sty|luty lutego lut|marzec marca|kwiecień kwietnia kwi|maj maja|czerwiec czerwca cze|lipiec lipca lip|sierpień sierpnia sie|wrzesień września wrz|październik października paź|listopad listopada lis|grudzień grudnia gru",
    // Czech
    "leden ledna led|únor února úno|březen března bře|duben dubna dub|květen května kvě|červen června čvn|červenec července čvc|srpen srpna srp|září zář|říjen října říj|listopad listopadu|prosinec prosince pro",
    // Slovak
    "január januára|február februára|marec marca|apríl apríla|máj mája|jún júna|júl júla|august augusta|september septembra|október októbra|november novembra|december decembra",
    // Slovenian, Serbian and Bosnian in Latin letters
    "januar januarja januara|februar februarja februara|marec marca mart marta|april aprila|maj maja|junij junija jun juna|julij julija jul jula|avgust avgusta avg|september septembra septembar|oktober oktobra oktobar|november novembra novembar|december decembra decembar",
    // Croatian
    "siječanj siječnja sij|veljača veljače velj|ožujak ožujka ožu|travanj travnja tra|svibanj svibnja svi|lipanj lipnja|srpanj srpnja|kolovoz kolovoza kol|rujan rujna ruj||studeni studenoga studenog stu|prosinac prosinca",
    // Hungarian
    "január* jan|február* febr|március* márc|április* ápr|május* máj|június* jún|július* júl|augusztus*|szeptember* szept|október* okt|november*|december*",
    // Romanian
    "ianuarie ian|februarie|martie|aprilie|mai|iunie iun|iulie iul|august|septembrie|octombrie|noiembrie noi|decembrie",
    // Turkish
    "ocak oca|şubat şub|mart|nisan nis|mayıs|haziran haz|temmuz tem|ağustos ağu|eylül eyl|ekim eki|kasım kas|aralık ara",
    // Lithuanian, Latvian
    "saus* janvār*|vasar* februār*|kov* mart*|baland* aprīl*|geguž* maij*|biržel* jūnij*|liep* jūlij*|rugpjū* august*|rugsėj* septembr*|spal* oktobr*|lapkr* novembr*|gruod* decembr*",
    // Catalan, Galician, Basque
    "gener xaneiro urtarril*|febrer febreiro otsail*|març martxo*|abril apiril*|maig maiatz*|juny xuño ekain*|juliol xullo uztail*|agost abuztu*|setembre irail*|octubre outubro urri*|novembre azaro*|desembre decembro abendu*",
    // Indonesian, Malay
    "januari|februari pebruari|maret mac|april|mei|juni|juli julai|agustus agu agt ogos|september|oktober|november|desember disember",
    // Russian
    "январь января янв|февраль февраля фев февр|март марта мар|апрель апреля апр|май мая|июнь июня июн|июль июля июл|август августа авг|сентябрь сентября сен сент|октябрь октября окт|ноябрь ноября ноя нояб|декабрь декабря дек",
    // Ukrainian
    "січень січня січ|лютий лютого лют|березень березня бер|квітень квітня квіт|травень травня трав|червень червня черв|липень липня лип|серпень серпня серп|вересень вересня вер|жовтень жовтня жовт|листопад листопада лист|грудень грудня груд",
    // Bulgarian, Serbian and Macedonian in Cyrillic
    "януари јануар* ян|февруари фебруар*|март|април априла апр|май мај маја|юни јун* јуни*|юли јул* јули*|август августа|септември септембар септембра|октомври октобар октобра|ноември новембар новембра|декември децембар децембра",
    // Belarusian
    "студзень студзеня|люты лютага|сакавік сакавіка|красавік красавіка|травень траўня мая|чэрвень чэрвеня|ліпень ліпеня|жнівень жніўня|верасень верасня|кастрычнік кастрычніка|лістапад лістапада|снежань снежня",
    // Greek
    "ιανουάριος ιανουαρίου ιαν|φεβρουάριος φεβρουαρίου φεβ|μάρτιος μαρτίου μάρ μαρ|απρίλιος απριλίου απρ|μάιος μαΐου μάϊος μάι μαι|ιούνιος ιουνίου ιούν ιουν|ιούλιος ιουλίου ιούλ ιουλ|αύγουστος αυγούστου αυγ αύγ|σεπτέμβριος σεπτεμβρίου σεπ|οκτώβριος οκτωβρίου οκτ|νοέμβριος νοεμβρίου νοέ νοε|δεκέμβριος δεκεμβρίου δεκ",
    // Greek in capitals, which have no accents
    "ιανουαρι*|φεβρουαρι*|μαρτι*|απριλι*|μαιο* μαιου|ιουνι*|ιουλι*|αυγουστ*|σεπτεμβρι*|οκτωβρι*|νοεμβρι*|δεκεμβρι*",
    // Arabic (Egyptian, Maghrebi, Levantine of one word)
    "يناير جانفي|فبراير فيفري شباط|مارس آذار اذار|أبريل ابريل إبريل أفريل نيسان|مايو ماي أيار ايار|يونيو يونيه جوان حزيران|يوليو يوليه يوليوز جويلية تموز|أغسطس اغسطس أوت غشت آب|سبتمبر شتنبر أيلول ايلول|أكتوبر اكتوبر|نوفمبر نونبر|ديسمبر دجنبر",
    // Persian (Gregorian months), Urdu
    "ژانویه جنوری|فوریه فروری|مارس مارچ|آوریل اپریل|مه مئی|ژوئن جون|ژوئیه جولای جولائی|اوت اگست|سپتامبر ستمبر|اکتبر اکتوبر|نوامبر نومبر|دسامبر دسمبر",
    // Hebrew
    "ינואר בינואר|פברואר בפברואר|מרץ במרץ מרס|אפריל באפריל|מאי במאי|יוני ביוני|יולי ביולי|אוגוסט באוגוסט|ספטמבר בספטמבר|אוקטובר באוקטובר|נובמבר בנובמבר|דצמבר בדצמבר",
    // Hindi, Marathi, Nepali
    "जनवरी जानेवारी जन|फरवरी फ़रवरी फेब्रुवारी|मार्च|अप्रैल एप्रिल|मई मे|जून|जुलाई जुलै|अगस्त ऑगस्ट|सितंबर सितम्बर सप्टेंबर|अक्टूबर अक्तूबर ऑक्टोबर|नवंबर नवम्बर नोव्हेंबर|दिसंबर दिसम्बर डिसेंबर",
    // Bengali, Tamil
    "জানুয়ারি জানুয়ারী ஜனவரி|ফেব্রুয়ারি ফেব্রুয়ারী பிப்ரவரி|মার্চ மார்ச்|এপ্রিল ஏப்ரல்|মে மே|জুন ஜூன்|জুলাই ஜூலை|আগস্ট ஆகஸ்ட்|সেপ্টেম্বর செப்டம்பர்|অক্টোবর அக்டோபர்|নভেম্বর நவம்பர்|ডিসেম্বর டிசம்பர்",
    // Georgian, Armenian, Kazakh
    "იანვ* հունվար* қаңтар*|თებ* փետրվար* ақпан*|მარტ* մարտ* наурыз*|აპრ* ապրիլ* сәуір*|მაის* մայիս* мамыр*|ივნ* հունիս* маусым*|ივლ* հուլիս* шілде*|აგვ* օգոստոս* тамыз*|სექ* սեպտեմբեր* қыркүйек*|ოქტ* հոկտեմբեր* қазан*|ნოე* նոյեմբեր* қараша*|დეკ* դեկտեմբեր* желтоқсан*",
    // Telugu, Malayalam, Kannada
    "జనవరి ജനുവരി ಜನವರಿ|ఫిబ్రవరి ഫെബ്രുവരി ಫೆಬ್ರವರಿ|మార్చి മാർച്ച് ಮಾರ್ಚ್|ఏప్రిల్ ഏപ്രിൽ ಏಪ್ರಿಲ್|మే മേയ് മെയ് ಮೇ|జూన్ ജൂൺ ಜೂನ್|జూలై జులై ജൂലൈ ಜುಲೈ|ఆగస్టు ഓഗസ്റ്റ് ആഗസ്റ്റ് ಆಗಸ್ಟ್|సెప్టెంబర్ സെപ്റ്റംബർ ಸೆಪ್ಟೆಂಬರ್|అక్టోబర్ ഒക്ടോബർ ಅಕ್ಟೋಬರ್|నవంబర్ നവംബർ ನವೆಂಬರ್|డిసెంబర్ ഡിസംബർ ಡಿಸೆಂಬರ್",
    // Gujarati, Punjabi, Sinhala
    "જાન્યુઆરી ਜਨਵਰੀ ජනවාරි|ફેબ્રુઆરી ਫਰਵਰੀ ਫ਼ਰਵਰੀ පෙබරවාරි|માર્ચ ਮਾਰਚ මාර්තු|એપ્રિલ ਅਪ੍ਰੈਲ අප්‍රේල් අප්රේල්|મે ਮਈ මැයි|જૂન ਜੂਨ ජූනි|જુલાઈ ਜੁਲਾਈ ජූලි|ઓગસ્ટ ઑગસ્ટ ਅਗਸਤ අගෝස්තු|સપ્ટેમ્બર ਸਤੰਬਰ සැප්තැම්බර්|ઓક્ટોબર ઑક્ટોબર ਅਕਤੂਬਰ ඔක්තෝබර්|નવેમ્બર ਨਵੰਬਰ නොවැම්බර්|ડિસેમ્બર ਦਸੰਬਰ දෙසැම්බර්",
    // Tagalog, Maltese
    "enero jannar|pebrero frar|marso marzu|abril april|mayo mejju|hunyo ġunju|hulyo lulju|agosto awwissu|setyembre settembru|oktubre ottubru|nobyembre novembru|disyembre diċembru",
    // Kyrgyz
    "январы январь|февралы февраль|марты март|апрели апрель|майы май|июну июнь|июлу июль|августу август|сентябры сентябрь|октябры октябрь|ноябры ноябрь|декабры декабрь",
    // Azerbaijani, Uzbek
    "yanvar|fevral|mart|aprel|may|iyun|iyul|avqust avgust|sentyabr sentabr|oktyabr oktabr|noyabr|dekabr",
    // Thai, with the dotted abbreviations as the tokens leave them
    "มกราคม มค|กุมภาพันธ์ กพ|มีนาคม มีค|เมษายน เมย|พฤษภาคม พค|มิถุนายน มิย|กรกฎาคม กค|สิงหาคม สค|กันยายน กย|ตุลาคม ตค|พฤศจิกายน พย|ธันวาคม ธค",
    // Swahili, Welsh, Irish, Albanian
    "januari ionawr eanáir janar|februari chwefror feabhra shkurt|machi mawrth márta mars|aprili ebrill aibreán prill|mei bealtaine maj|juni mehefin meitheamh qershor|julai gorffennaf iúil korrik|agosti awst lúnasa gusht|septemba medi shtator|oktoba hydref tetor|novemba tachwedd samhain nëntor|desemba rhagfyr nollaig dhjetor",
];

/// Forms whose month depends on the language: form, language, month.
const CONFLICTS: &[(&str, &str, i8)] =
    &[("listopad", "hr", 10), ("listopada", "hr", 10), ("lip", "hr", 6), ("srp", "hr", 7), ("листопад", "hr", 10)];

/// Months in Roman numerals, and the languages that write them so: "4 VII 2019", "2019. VII. 4.".
const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
const ROMAN_OF: [&str; 7] = ["pl", "hu", "ro", "hr", "sr", "sl", "bg"];

/// Whole forms, and stems that match by their beginning, by their first letter.
type Table = (FxHashMap<&'static str, i8>, FxHashMap<char, Vec<(&'static str, i8)>>);

/// The forms of [`MONTHS`]. Stems are short, but only words that stand beside a day and a year are looked up.
static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut exact = FxHashMap::default();
    let mut stems: FxHashMap<char, Vec<(&str, i8)>> = FxHashMap::default();
    for line in MONTHS {
        for (month, forms) in (1_i8..).zip(line.split('|')) {
            for form in forms.split(' ').filter(|form| !form.is_empty()) {
                match form.strip_suffix('*') {
                    Some(stem) => stems.entry(stem.chars().next().unwrap_or_default()).or_default().push((stem, month)),
                    None => {
                        exact.entry(form).or_insert(month);
                    }
                }
            }
        }
    }
    (exact, stems)
});

/// The month, 1 to 12, that a lower-case word names.
pub(super) fn month(word: &str, language: &str) -> Option<i8> {
    let primary = language.split(['-', '_']).next().unwrap_or("");
    if let Some((_, _, month)) = CONFLICTS.iter().find(|(form, of, _)| *form == word && *of == primary) {
        return Some(*month);
    }
    if ROMAN_OF.contains(&primary)
        && let Some(place) = ROMAN.iter().position(|roman| *roman == word)
    {
        return i8::try_from(place + 1).ok();
    }
    let (exact, stems) = &*TABLE;
    let of_letter = || stems.get(&word.chars().next()?)?.iter().find(|(stem, _)| word.starts_with(stem));
    exact.get(word).copied().or_else(|| of_letter().map(|(_, month)| *month))
}

/// Whether a lower-case word is a month's name or abbreviation in some language, written out.
pub(in crate::extract) fn names_a_month(word: &str) -> bool {
    TABLE.0.contains_key(word)
}

/// Zone abbreviations of news pages, in minutes east of Greenwich. Ambiguous ones (IST, CST of China) take their commonest meaning.
const ZONES: &[(&str, i32)] = &[
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("bst", 60),
    ("west", 60),
    ("cet", 60),
    ("mez", 60),
    ("cest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("sast", 120),
    ("eest", 180),
    ("msk", 180),
    ("trt", 180),
    ("ist", 330),
    ("мск", 180),
    ("wib", 420),
    ("wita", 480),
    ("wit", 540),
    ("hkt", 480),
    ("sgt", 480),
    ("jst", 540),
    ("kst", 540),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("akst", -540),
    ("hst", -600),
    ("brt", -180),
    ("art", -180),
];

/// Minutes east of Greenwich of a lower-case zone abbreviation.
pub(super) fn zone(word: &str) -> Option<i32> {
    ZONES.iter().find(|(name, _)| *name == word).map(|(_, minutes)| *minutes)
}

/// Words that may stand between the parts of a date, or between a date and its time.
const FILLERS: &[&str] = &[
    "de",
    "del",
    "of",
    "d",
    "den",
    "st",
    "nd",
    "rd",
    "th",
    "er",
    "º",
    "ª",
    "o",
    "the",
    "a",
    "alle",
    "ore",
    "at",
    "um",
    "à",
    "às",
    "as",
    "a las",
    "las",
    "kl",
    "klo",
    "klokken",
    "on",
    "am",
    "de la",
    "om",
    "u",
    "m",
    "в",
    "о",
    "г",
    "року",
    "года",
    "ο",
    "στις",
    "ngày",
    "lúc",
    "năm",
    "tháng",
    "เวลา",
    "พศ",
    "พ",
    "ศ",
    "жылғы",
    "жылдын",
    "оны",
    "yil",
    "ta",
    "jam",
    "pukul",
    "saat",
    "godz",
    "ob",
    "da",
    "dated",
    "uhr",
    "|",
    "الساعة",
    "साल",
    "को",
    "il",
    "le",
    "el",
    "gada",
    "ko",
    "ماه",
];

/// Whether a lower-case word may stand between the parts of a date.
pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
}
