extension PersonNames {
    static let german = PersonNames(
        first: """
            Anja, Jörg, Katrin, Stefan, Sabine, Matthias, Heike, Uwe, Birgit, Holger, Silke, Jürgen, Petra, Dirk, Ulrike, Sven
            Käthe, Florian, Lena, Tobias, Miriam, Günther, Franziska, Moritz, Johanna, Lukas, Annika, Björn, Clara, Ruben
            Theresa, Konrad, Mareike, Henning, Liesel, Götz, Carolin, Till, Viola, Emil
            """,
        last: """
            Albrecht, Baumgärtner, Böhm, Brandt, Dietrich, Eberle, Fuchs, Geiger, Gruber, Hartmann, Heß, Hofstätter, Jäger
            Keller, Klöckner, König, Kraus, Krüger, Lindner, Löwe, Maier, Möller, Neubauer, Obermüller, Pfeiffer, Reinhardt
            Richter, Roth, Sauer, Schäfer, Schönfeld, Seidel, Sommer, Stahl, Steiner, Strauß, Thiele, Ullrich, Vogt, Wächter
            Weiß, Wendt, Wieland, Winkler, Wolff, Zeller, Ziegler, Zöllner
            """)

    static let french = PersonNames(
        first: """
            Amélie, Antoine, Aurélie, Baptiste, Benoît, Camille, Céline, Cédric, Chloé, Clément, Delphine, Élodie, Émilie
            Étienne, Fabien, François, Gaëlle, Guillaume, Hélène, Inès, Jérôme, Joël, Julien, Laëtitia, Loïc, Lucie, Manon
            Mathilde, Maxime, Noémie, Océane, Pascal, Quentin, Rémi, Sébastien, Solène, Sylvie, Thibault, Valérie, Yann
            """,
        last: """
            Arnaud, Aubert, Barbier, Besson, Blanchard, Bonnet, Boucher, Bréard, Carpentier, Charpentier, Chevalier, Colin
            Courtois, Delacroix, Delaunay, Descamps, Duchêne, Dumas, Fabre, Faure, Ferrand, Fournier, Gauthier, Gérard
            Guérin, Hervé, Joubert, Lacombe, Lambert, Leclercq, Lefèvre, Legrand, Lemoine, Maréchal, Marchand, Mercier
            Morel, Noël, Perrin, Picard, Poirier, Prévost, Renaud, Rivière, Roussel, Tessier, Vasseur, Vidal
            """)

    static let italian = PersonNames(
        first: """
            Alessia, Andrea, Beatrice, Bruno, Carlo, Chiara, Claudia, Davide, Elena, Enrico, Fabio, Federica, Filippo
            Francesca, Gabriele, Giorgia, Giulia, Ilaria, Lorenzo, Luca, Marta, Massimo, Michela, Nicolò, Noemi, Paola
            Pietro, Riccardo, Roberta, Rosalìa, Serena, Simone, Stefano, Tommaso, Valentina, Vittorio
            """,
        last: """
            Amato, Barbieri, Basile, Bellini, Bernardi, Bianco, Caputo, Caruso, Cattaneo, Colombo, Conti, Costa, D'Amico
            De Luca, De Santis, Donati, Esposito, Fabbri, Ferrara, Fontana, Galli, Gatti, Gentile, Giordano, Grassi, Greco
            Leone, Lombardi, Longo, Mancini, Marchetti, Marino, Martinelli, Monti, Neri, Orlando, Pagano, Parisi, Pellegrini
            Rinaldi, Rizzo, Romano, Sala, Serra, Silvestri, Testa, Valentini, Vitale
            """)

    static let dutch = PersonNames(
        first: """
            Anouk, Bas, Bram, Daan, Eline, Femke, Fleur, Floris, Geert, Hanneke, Ilse, Jeroen, Joost, Joris, Lieke, Lotte
            Maaike, Marijke, Marloes, Mies, Niels, Pieter, Renée, Ruud, Sanne, Sjoerd, Thijs, Tineke, Willem, Wouter
            """,
        last: """
            Aarts, Bakker, Bos, Brouwer, Claes, De Boer, De Graaf, De Groot, De Wit, Dekker, Dijkstra, Hendriks, Hoekstra
            Huisman, Jacobs, Jansen, Koning, Kuipers, Maes, Meijer, Mulder, Peeters, Postma, Prins, Schouten, Smits
            Van den Berg, Van der Meer, Van Dijk, Van Leeuwen, Veenstra, Vermeulen, Visser, Vos, Wauters, Willems
            """)

    static let polish = PersonNames(
        first: """
            Agnieszka, Bartosz, Błażej, Dorota, Elżbieta, Ewa, Filip, Grażyna, Grzegorz, Hanna, Jacek, Jarosław, Joanna
            Kamil, Karolina, Krzysztof, Łukasz, Maciej, Magdalena, Małgorzata, Marek, Michał, Monika, Paweł, Piotr
            Przemysław, Radosław, Róża, Sławomir, Stanisław, Tomasz, Weronika, Wojciech, Zofia
            """,
        last: """
            Adamczyk, Baran, Błaszczyk, Chmiel, Czarnecki, Dąbek, Dudek, Gajda, Głowacki, Górecki, Grabowski, Jabłoński
            Jasiński, Kaczmarek, Kołodziej, Kowal, Kozłowski, Krawczyk, Król, Kubiak, Lis, Maciejewski, Malinowski, Mróz
            Nowicki, Olszewski, Ostrowski, Pawlak, Sikora, Sobczak, Szczepański, Tomczyk, Urban, Wieczorek, Wójcik, Zając
            Zieliński, Żak
            """)

    static let nordic = PersonNames(
        first: """
            Anders, Annika, Astrid, Bjørn, Camilla, Dag, Ebba, Eero, Elin, Erik, Freja, Gunnar, Håkon, Hanne, Henrik, Ida
            Ingrid, Jens, Jonas, Kari, Kirsten, Lars, Linnéa, Magnus, Maja, Mikkel, Nils, Oskar, Pernille, Ragnar, Sigrid
            Søren, Stig, Signe, Tove, Ulf, Vidar, Åsa, Øyvind, Eeva
            """,
        last: """
            Aalto, Ahlgren, Andreassen, Bakke, Berglund, Bjørklund, Blomqvist, Carlsson, Dahl, Eklund, Engström, Falk
            Friis, Gundersen, Haugen, Hedlund, Holm, Iversen, Jørgensen, Kjær, Knudsen, Korhonen, Lindqvist, Ljung, Lund
            Madsen, Mikkelsen, Mäkinen, Nyström, Nørgaard, Olsson, Pedersen, Rasmussen, Sandberg, Sjöberg, Skov, Solberg
            Strand, Sundström, Søndergaard, Thorsen, Vestergaard, Virtanen, Wallin, Ødegård, Åkesson
            """)
}
