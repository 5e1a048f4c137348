extension PersonNames {
    static let english = PersonNames(
        first: """
            Abigail, Adrian, Aisha, Alan, Alison, Amara, Andrea, Angela, Ashley, Barry, Beth, Bradley, Brenda, Caleb, Carmen
            Caroline, Cheryl, Colin, Courtney, Craig, Damian, Dawn, Deborah, Declan, Denise, Derek, Diane, Dominic, Donna
            Duncan, Eleanor, Erin, Fiona, Frances, Gareth, Gavin, Glenn, Grace, Graham, Heather, Hugh, Imogen, Isaac, Jamal
            Janet, Jasmine, Joel, Judith, Keisha, Keith, Kelly, Lauren, Leah, Leroy, Lydia, Malcolm, Marcus, Maureen, Megan
            Miles, Monica, Nadine, Naomi, Neil, Nicole, Nigel, Owen, Pamela, Paula, Philip, Priscilla, Rachel, Raymond
            Rhiannon, Roger, Ruth, Shannon, Siobhán, Sophie, Spencer, Tamara, Terence, Tracy, Trevor, Vanessa, Warren, Zoë
            """,
        last: """
            Abbott, Adeyemi, Ainsworth, Atkins, Barlow, Bennett, Blackwell, Bradshaw, Brennan, Burke, Calloway, Carver
            Chambers, Coleman, Connolly, Crawford, Cunningham, Dalton, Davenport, Dawson, Doyle, Drummond, Dunn, Ellison
            Fairchild, Farrell, Fleming, Forsyth, Gallagher, Garrison, Goodwin, Grantham, Greer, Hadley, Halloran, Harding
            Hawthorne, Hayes, Holloway, Ingram, Jarvis, Kendrick, Kerr, Lancaster, Langley, Lockhart, Lowe, Mackenzie, Maddox
            Marlowe, McAllister, McGrath, Merritt, Monroe, Nash, Nwosu, O'Brien, O'Donnell, Okafor, Osborne, Pemberton
            Pendleton, Pike, Prescott, Quinn, Radcliffe, Ramsey, Redmond, Rowe, Rutherford, Sanderson, Sawyer, Sheridan
            Stafford, Sutton, Tate, Thackeray, Thorne, Tillman, Underwood, Vance, Wakefield, Walsh, Weaver, Whitaker, Wilcox
            Winslow, Woodard, Wyatt, Yates
            """)

    static let spanish = PersonNames(
        first: """
            Adriana, Alejandro, Álvaro, Ana Belén, Andrés, Beatriz, Camila, Carlos, Carolina, César, Cristina, Daniela
            Diego, Elena, Esteban, Fernanda, Gonzalo, Guadalupe, Héctor, Ignacio, Inés, Iván, Javier, Jimena, José Luis
            Julián, Leonor, Lucía, Marcela, María José, Martín, Mercedes, Nicolás, Óscar, Paloma, Rocío, Rubén, Sofía
            Tomás, Valeria, Verónica, Ximena
            """,
        last: """
            Acosta, Aguilar, Álvarez, Aranda, Benítez, Bravo, Cabrera, Calderón, Cárdenas, Castaño, Cortés, De la Cruz
            Delgado, Escobar, Espinoza, Fuentes, Galindo, Gallego, Gutiérrez, Herrera, Ibáñez, Iglesias, Jiménez, Lozano
            Maldonado, Márquez, Medina, Méndez, Molina, Montoya, Muñoz, Navarro, Núñez, Ochoa, Ordóñez, Paredes, Peña
            Quintana, Ramírez, Ríos, Rojas, Salazar, Sepúlveda, Solís, Suárez, Valdés, Vargas, Vázquez, Zúñiga
            """)

    static let portuguese = PersonNames(
        first: """
            Adriano, Aline, Ana Luísa, André, Antônio, Beatriz, Bruna, Caio, Catarina, Cláudia, Débora, Eduardo, Fábio
            Fernanda, Flávio, Gonçalo, Henrique, Isabela, Joana, João, José, Juliana, Larissa, Leandro, Letícia, Lúcia
            Luís, Marcelo, Mariana, Mateus, Nuno, Patrícia, Rafaela, Renato, Rita, Sérgio, Tiago, Vinícius
            """,
        last: """
            Almeida, Amaral, Andrade, Araújo, Barbosa, Bastos, Batista, Borges, Brandão, Brito, Campos, Cardoso, Carvalho
            Correia, Coutinho, Cunha, Esteves, Faria, Figueiredo, Fonseca, Freitas, Gonçalves, Guimarães, Leitão, Lopes
            Macedo, Magalhães, Medeiros, Monteiro, Moreira, Neves, Pacheco, Paixão, Pinheiro, Queirós, Rezende, Salgado
            Sampaio, Siqueira, Teixeira, Vasconcelos, Vieira
            """)

    static let turkish = PersonNames(
        first: """
            Ahmet, Ayşe, Barış, Burcu, Can, Cem, Çağla, Deniz, Ebru, Elif, Emre, Esra, Fatma, Gökhan, Gül, Hakan, Hülya
            İpek, Kerem, Mehmet, Merve, Murat, Nazlı, Onur, Özge, Pınar, Selin, Serkan, Şule, Tolga, Ufuk, Yasemin, Zeynep
            """,
        last: """
            Acar, Aksoy, Arslan, Avcı, Aydın, Başaran, Bulut, Çelik, Çetin, Demir, Doğan, Erdoğan, Ergün, Güler, Güneş
            Işık, Kaplan, Karaca, Kaya, Keskin, Kılıç, Koç, Korkmaz, Öztürk, Polat, Sarı, Şahin, Şen, Taş, Tekin, Toprak
            Uçar, Ünal, Yalçın, Yıldız, Yüksel
            """)

    static let japanese = PersonNames(
        first: """
            健太=Kenta, 陽子=Yoko, 直樹=Naoki, 美咲=Misaki, 大輔=Daisuke, 恵=Megumi, 翔=Sho, 由美=Yumi, 拓也=Takuya, 彩=Aya
            浩二=Koji, 千尋=Chihiro, 誠=Makoto, 麻衣=Mai, 亮=Ryo, 真理=Mari, 修=Osamu, 奈々=Nana, 和也=Kazuya, 優子=Yuko
            隆=Takashi, 沙織=Saori, 勇気=Yuki, 香織=Kaori, 悠斗=Yuto, 結衣=Yui
            """,
        last: """
            佐藤=Sato, 鈴木=Suzuki, 高橋=Takahashi, 田中=Tanaka, 渡辺=Watanabe, 伊藤=Ito, 山本=Yamamoto, 中村=Nakamura
            小林=Kobayashi, 加藤=Kato, 吉田=Yoshida, 山田=Yamada, 佐々木=Sasaki, 松本=Matsumoto, 井上=Inoue, 木村=Kimura
            清水=Shimizu, 斎藤=Saito, 森=Mori, 池田=Ikeda, 橋本=Hashimoto, 石川=Ishikawa, 前田=Maeda, 藤田=Fujita
            岡田=Okada, 長谷川=Hasegawa, 村上=Murakami, 近藤=Kondo, 坂本=Sakamoto, 遠藤=Endo, 青木=Aoki, 西村=Nishimura
            """,
        familyFirst: true)

    static let indian = PersonNames(
        first: """
            Aarav, Aditi, Ajay, Akshay, Amrita, Anand, Anjali, Arjun, Bhavna, Chetan, Deepa, Devika, Farhan, Gauri, Harish
            Indira, Jyoti, Kabir, Karthik, Kavita, Lakshmi, Manish, Meera, Mohan, Nandini, Neha, Nikhil, Pooja, Pranav
            Radhika, Rahul, Rohan, Sanjana, Shreya, Siddharth, Sunita, Tanvi, Uday, Varun, Vidya, Vikram, Yash, Zara
            """,
        last: """
            Agarwal, Ahuja, Bajaj, Banerjee, Bhatt, Bose, Chakraborty, Chandra, Chopra, Das, Desai, Deshmukh, Dutta, Gill
            Goyal, Gupta, Iyer, Jain, Joshi, Kamath, Kapoor, Khanna, Krishnan, Kulkarni, Malhotra, Mehta, Menon, Mishra
            Mukherjee, Nair, Naidu, Pandey, Patil, Pillai, Prasad, Rao, Rastogi, Reddy, Saxena, Sethi, Shetty, Sinha, Thakur
            Tiwari, Varma, Venkatesan
            """)

    static let chinese = PersonNames(
        first: """
            Aihua, Bo, Chenxi, Dawei, Fang, Guanyu, Haoran, Hui, Jiahao, Jing, Jun, Kaili, Lan, Lijuan, Meiling, Min, Ning
            Peng, Qian, Rui, Shufen, Tao, Wei, Wenjing, Xiaoming, Xin, Xue, Yan, Yifan, Ying, Yue, Zhen, Zihan
            """,
        last: """
            Cai, Chen, Cheng, Deng, Ding, Fan, Feng, Gao, Guo, Han, He, Huang, Jiang, Kong, Liang, Lin, Liu, Lu, Luo, Ma
            Pan, Peng, Qin, Shen, Song, Su, Sun, Tang, Tian, Wang, Wei, Wu, Xiao, Xie, Xu, Yang, Yao, Ye, Yuan, Zhang, Zhao
            Zheng, Zhou, Zhu
            """)
}
