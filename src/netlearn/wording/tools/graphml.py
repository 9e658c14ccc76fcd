"""Words about GraphML files."""

from __future__ import annotations

from netlearn.wording import Language

WORDS: dict[str, dict[Language, str]] = {
    "graphml-damaged": {
        "en": "the file is not well-formed XML here. Expected GraphML as a network program writes it. Do: export it "
        "again.",
        "da": "filen er ikke korrekt XML her. Forventede GraphML, som et netværksprogram skriver det. Gør: eksportér "
        "den igen.",
    },
    "graphml-document-type": {
        "en": "the file declares a document type or entities, which can read other files and are never opened. "
        "Expected plain GraphML. Do: export it again, or remove the line that begins with <!DOCTYPE.",
        "da": "filen erklærer en dokumenttype eller entiteter, som kan læse andre filer og aldrig åbnes. Forventede "
        "almindelig GraphML. Gør: eksportér den igen, eller fjern linjen, der begynder med <!DOCTYPE.",
    },
    "graphml-too-large": {
        "en": "the file is larger than {most} MB. Expected the network of one study. Do: export fewer attributes.",
        "da": "filen er større end {most} MB. Forventede netværket fra én undersøgelse. Gør: eksportér færre "
        "attributter.",
    },
    "graphml-other-xml": {
        "en": "the XML begins with <{found}>. Expected <graphml>. Do: export the network as GraphML.",
        "da": "XML-filen begynder med <{found}>. Forventede <graphml>. Gør: eksportér netværket som GraphML.",
    },
    "graphml-nested": {
        "en": "{count} nodes hold a graph of their own (groups or folders). Expected one person per node. Do: ungroup "
        "them and export again.",
        "da": "{count} knuder indeholder deres egen graf (grupper eller mapper). Forventede én person pr. knude. Gør: "
        "opløs grupperne, og eksportér igen.",
    },
    "graphml-hyperedges": {
        "en": "{count} ties join more than two nodes. Expected ties of two people. Do: write them as ties of two and "
        "export again.",
        "da": "{count} forbindelser samler mere end to knuder. Forventede forbindelser mellem to personer. Gør: skriv "
        "dem som forbindelser mellem to, og eksportér igen.",
    },
    "graphml-node-twice": {
        "en": "{count} node ids occur more than once. Expected an id of its own for each node. Do: export the file "
        "again.",
        "da": "{count} knude-id'er forekommer mere end én gang. Forventede et id til hver knude. Gør: eksportér filen "
        "igen.",
    },
    "graphml-node-without-id": {
        "en": "{count} nodes have no id. Expected an id for each. Do: export the file again.",
        "da": "{count} knuder har intet id. Forventede et id til hver. Gør: eksportér filen igen.",
    },
    "graphml-edge-without-node": {
        "en": "{count} ties lead to a node that is not in the file. Expected both ends of each tie. Do: export the "
        "whole network again.",
        "da": "{count} forbindelser fører til en knude, der ikke er i filen. Forventede begge ender af hver "
        "forbindelse. Gør: eksportér hele netværket igen.",
    },
    "graphml-network-canvas": {
        "en": "the file was written by Network Canvas: its nodes are the people whom one respondent named. Expected "
        'a network of respondents. Do: write dialect = "network-canvas".',
        "da": "filen er skrevet af Network Canvas: knuderne er dem, som én svarperson nævnte. Forventede et netværk "
        'af svarpersoner. Gør: skriv dialect = "network-canvas".',
    },
    "graphml-several-graphs": {
        "en": "the file holds {count} graphs. Expected one, that of one wave and relation. Do: export them one by one.",
        "da": "filen indeholder {count} grafer. Forventede én, nemlig én måling og relation. Gør: eksportér dem en for "
        "en.",
    },
    "graphml-mixed": {
        "en": "{count} ties have no direction and the others have. Expected ties of one kind. Do: export the two kinds "
        "as two files, each as a relation of its own.",
        "da": "{count} forbindelser har ingen retning, og de andre har. Forventede forbindelser af én slags. Gør: "
        "eksportér de to slags som to filer, hver som sin egen relation.",
    },
    "graphml-no-ties": {
        "en": "the graph has no ties. Expected at least one, or an attribute that tells who answered. Do: export the "
        "edges too, or give the nodes an attribute answered with true and false.",
        "da": "grafen har ingen forbindelser. Forventede mindst én eller en attribut, der siger, hvem der svarede. "
        "Gør: eksportér også kanterne, eller giv knuderne en attribut answered med true og false.",
    },
    "graphml-silent-sender": {
        "en": "{count} ties are told by nobody who answered. Expected ties of people who answered only. Do: correct "
        "the attribute that tells who answered, or remove the ties.",
        "da": "{count} forbindelser er ikke fortalt af nogen, der svarede. Forventede kun forbindelser fra dem, der "
        "svarede. Gør: ret attributten, der siger, hvem der svarede, eller fjern forbindelserne.",
    },
    "graphml-answered": {
        "en": "this attribute of the nodes tells who answered: {count} did. Those of them without ties named nobody.",
        "da": "denne attribut ved knuderne siger, hvem der svarede: det gjorde {count}. De af dem, der ikke har "
        "forbindelser, nævnte ingen.",
    },
    "graphml-answered-unclear": {
        "en": "this attribute could tell who answered, but holds something else than true and false; it is not used.",
        "da": "denne attribut kunne sige, hvem der svarede, men indeholder andet end true og false; den bruges ikke.",
    },
    "graphml-no-ties-out": {
        "en": "{count} nodes have no ties of their own. A graph cannot tell whether they named nobody or did not "
        "answer; they count as not answered. An attribute answered with true and false would tell it.",
        "da": "{count} knuder har ingen forbindelser fra sig. En graf kan ikke sige, om de ikke nævnte nogen, eller om "
        "de ikke svarede; de tæller som ikke besvaret. En attribut answered med true og false ville sige det.",
    },
    "graphml-undirected": {
        "en": "the {count} ties have no direction; each was read both ways. The relation needs directed = false in "
        "study.toml.",
        "da": "de {count} forbindelser har ingen retning; hver er læst begge veje. Relationen skal have "
        "directed = false i study.toml.",
    },
    "graphml-weight-missing": {
        "en": "{count} of {total} ties have no weight; their level counts as not answered.",
        "da": "{count} af {total} forbindelser har ingen vægt; deres niveau tæller som ikke besvaret.",
    },
    "graphml-label-not-unique": {
        "en": "this attribute is missing for some nodes, or several share a value, so it cannot tell who is meant and "
        "is not offered as a column.",
        "da": "denne attribut mangler ved nogle knuder, eller flere har samme værdi; den kan ikke sige, hvem der "
        "menes, og tilbydes ikke som kolonne.",
    },
}
WHY: dict[str, dict[Language, str]] = {
    "graphml-tag": {"en": "XML that begins with <graphml>", "da": "XML, der begynder med <graphml>"},
    "graphml-gexf": {
        "en": "XML that begins with <gexf>, the format of Gephi",
        "da": "XML, der begynder med <gexf>, formatet fra Gephi",
    },
}
