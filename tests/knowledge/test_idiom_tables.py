"""What the shipped tables of expressions find in ordinary sentences."""

import pytest

from tongli.knowledge.claim_matcher import matcher

FOUND = [
    ("de", "Nach drei Stunden Suche hat er endlich Lunte gerochen.", "Lunte gerochen"),
    ("de", "Damit tanzt sie auf zu vielen Hochzeiten.", "tanzt sie auf zu vielen Hochzeiten"),
    ("de", "Du solltest den Ball flach halten.", "den Ball flach halten"),
    ("de", "Er nahm die Verspätung in Kauf.", "nahm die Verspätung in Kauf"),
    ("de", "Wir haben das Kriegsbeil begraben.", "das Kriegsbeil begraben"),
    ("de", "In der Regel schließen wir um acht.", "In der Regel"),
    ("de", "Sie lässt kein gutes Haar an dem Film.", "lässt kein gutes Haar"),
    ("en", "Their whole plan came apart like a house of cards.", "house of cards"),
    ("en", "She was rearranging the deckchairs on the Titanic.", "rearranging the deckchairs on the Titanic"),
    ("en", "He threw his hat into the ring last week.", "threw his hat into the ring"),
    ("en", "We had bitten off more than we could chew.", "bitten off more than we could chew"),
    ("en", "They were spoiling for a fight.", "spoiling for a fight"),
    ("en", "He was caught with his hand in the cookie jar.", "caught with his hand in the cookie jar"),
    ("en", "The office was closed for the time being.", "for the time being"),
    ("ru", "Он опять втирал нам очки.", "втирал нам очки"),
    ("ru", "Она витает в облаках весь урок.", "витает в облаках"),
    ("ru", "Они стреляли из пушки по воробьям.", "стреляли из пушки по воробьям"),
    ("ru", "Ты перегибаешь палку!", "перегибаешь палку"),
    ("ru", "Мы подлили масла в огонь.", "подлили масла в огонь"),
    ("ru", "Не вешай на меня всех собак.", "всех собак"),
    ("ru", "Он пришёл к выводу, что пора уходить.", "пришёл к выводу"),
    ("hi", "दुश्मन सिर पर पाँव रखकर भागा।", "सिर पर पाँव रखकर भागा"),
    ("hi", "उसने राई का पहाड़ बना दिया।", "राई का पहाड़ बना"),
    ("hi", "वह अपने मुँह मियाँ मिट्ठू बनता है।", "अपने मुँह मियाँ मिट्ठू बनता"),
    ("hi", "हमारी सेना ने दुश्मन के दाँत खट्टे कर दिए।", "दाँत खट्टे कर"),
    ("hi", "सब उसकी तारीफ़ के पुल बाँधने लगे।", "तारीफ़ के पुल बाँधने"),
    ("hi", "वह तो ईंट का जवाब पत्थर से देगी।", "ईंट का जवाब पत्थर से देगी"),
    ("it", "Non arrampicarti sugli specchi.", "arrampicarti sugli specchi"),
    ("it", "Ha messo il coltello dalla parte del manico.", "il coltello dalla parte del manico"),
    ("it", "Sono caduti dalla padella nella brace.", "dalla padella nella brace"),
    ("it", "Abbiamo preso lucciole per lanterne.", "preso lucciole per lanterne"),
    ("it", "È saltata di palo in frasca tutta la sera.", "saltata di palo in frasca"),
    ("it", "Mi rendo conto del problema.", "rendo conto"),
    ("it", "Ce la metteremo tutta.", "metteremo tutta"),
    ("fr", "Elle a retourné sa veste.", "retourné sa veste"),
    ("fr", "Ils enfoncent des portes ouvertes.", "enfoncent des portes ouvertes"),
    ("fr", "Nous avons enterré la hache de guerre.", "enterré la hache de guerre"),
    ("fr", "Il a mis la puce à l'oreille du chef.", "mis la puce à l'oreille"),
    (
        "fr",
        "Cherche une aiguille dans une botte de foin !",
        "Cherche une aiguille dans une botte de foin",
    ),
    ("fr", "Elle passait du coq à l'âne.", "passait du coq à l'âne"),
    ("fr", "La loi entrera en vigueur en mai.", "entrera en vigueur"),
]
PLAIN = [
    ("de", "Im Kühlschrank sind noch Eier, Käse und Wurst."),
    ("de", "Der Zug nach Köln fährt um acht Uhr ab."),
    ("de", "Sie wusch dem Kind die Haare."),
    ("en", "The bus was late again, so I walked to work in the rain."),
    ("en", "She opened the door and turned on the light in the kitchen."),
    ("en", "He cut the bread and put butter on every slice."),
    ("ru", "Она открыла дверь и включила свет на кухне."),
    ("ru", "Брат купил новую машину и поехал на море."),
    ("ru", "Врач сказал, что мне надо больше отдыхать."),
    ("hi", "बच्चे पार्क में गेंद से खेल रहे हैं।"),
    ("hi", "मैंने खिड़की खोली और किताब पढ़ी।"),
    ("hi", "कल सुबह हम ट्रेन से शहर जाएँगे।"),
    ("it", "Il treno per Milano parte alle otto."),
    ("it", "La sera ci siamo seduti sul balcone."),
    ("it", "Ha comprato mele, pere e pomodori."),
    ("fr", "Le train pour Lyon part à huit heures."),
    ("fr", "Il a écrit une longue lettre à sa mère."),
    ("fr", "Les pompiers ont éteint le feu."),
]


@pytest.mark.parametrize(("lang", "text", "words"), FOUND)
def test_expressions_are_found_in_their_forms(lang, text, words):
    spans = [match.span for match in matcher(lang).find(text)]
    assert words in [text[start:end] for start, end in spans]


@pytest.mark.parametrize(("lang", "text"), PLAIN)
def test_ordinary_sentences_hold_none(lang, text):
    assert not [match for match in matcher(lang).find(text) if match.claim.kind in {"idiom", "proverb"}]
