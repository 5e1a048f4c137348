/// What touches and tickets are about: `$` stands for a project, `@` for the account, `#` for the quarter.
enum Subjects {
    /// The lines for a kind of touch in a language; languages without lines of their own use English.
    @inline(__always)
    static func lines(_ kind: TouchKind, _ language: Language) -> Words {
        all[language.rawValue * 4 + kind.rawValue]
    }

    private static let all: [Words] = Language.allCases.flatMap { language in
        switch language {
        case .german: german
        case .french: french
        case .spanish: spanish
        case .portuguese: portuguese
        default: english
        }
    }

    private static let english = [
        Words(
            """
            Your quote for $, Re: $, Re: Re: $ at @, Question about the invoice, Following up on $, Thanks for your time today
            Revised offer: $, Introduction, Agenda for our call, Order confirmation, Delivery date for $, Contract draft
            Budget for Q#, Access for new colleagues, Price list for Q#, Fwd: $, Minutes of our meeting, Season's greetings
            Reminder: signature missing, New contact at @, References for $, Holiday cover, Security questionnaire
            """),
        Words(
            """
            Call about $, Check-in, Renewal call, Left a voicemail, Price discussion: $, Questions on delivery, Complaint handled
            Qualification call, Scheduling, Escalation: $, Reference call for @, Budget check for Q#, Missed call
            """),
        Words(
            """
            Kick-off: $, Quarterly review Q#, Demo of $, Workshop with @, Contract negotiation, Steering committee, Joint planning
            Requirements for $, Lessons learned, Executive lunch, Onboarding session
            """),
        Words("Site visit at @, Installation: $, Trade fair meeting, On-site training, Inspection of the new building"),
    ]

    private static let german = [
        Words(
            """
            Ihr Angebot für $, AW: $, Rückfrage zur Rechnung, Terminbestätigung, Überarbeitetes Angebot: $, Liefertermin $
            Vielen Dank für das Gespräch, Vertragsentwurf, Preisliste Q#, Unterlagen für @, WG: $, Grüße aus dem Urlaub
            """),
        Words("Telefonat zu $, Rückruf erbeten, Preisverhandlung, Kurze Abstimmung, Reklamation geklärt, Mailbox besprochen"),
        Words("Quartalsgespräch Q#, Auftakt: $, Vorführung $, Vertragsverhandlung, Gemeinsame Planung mit @"),
        Words("Besuch bei @, Montage: $, Messegespräch, Schulung vor Ort"),
    ]

    private static let french = [
        Words(
            """
            Votre devis : $, RE: $, Question sur la facture, Relance devis, Confirmation de rendez-vous, Offre révisée : $
            Merci pour votre accueil, Projet de contrat, Délai de livraison $, Tarifs T#, Présentation de @
            """),
        Words("Appel au sujet de $, Message vocal laissé, Point rapide, Négociation du prix, Réclamation traitée"),
        Words("Réunion de lancement : $, Revue trimestrielle T#, Démonstration $, Comité de pilotage, Atelier avec @"),
        Words("Visite chez @, Installation : $, Rencontre au salon, Formation sur site"),
    ]

    private static let spanish = [
        Words(
            """
            Su oferta: $, RE: $, Consulta sobre la factura, Confirmación de la cita, Oferta revisada: $, Plazo de entrega $
            Gracias por la reunión, Borrador del contrato, Precios T#, Nueva persona de contacto en @
            """),
        Words("Llamada sobre $, Mensaje en el buzón, Seguimiento, Negociación del precio, Reclamación resuelta"),
        Words("Reunión de inicio: $, Revisión trimestral T#, Demostración de $, Planificación con @"),
        Words("Visita a @, Instalación: $, Encuentro en la feria, Formación in situ"),
    ]

    private static let portuguese = [
        Words(
            """
            Sua proposta: $, RE: $, Dúvida sobre a fatura, Confirmação da reunião, Proposta revisada: $, Prazo de entrega $
            Obrigado pela reunião, Minuta do contrato, Preços T#, Apresentação da @
            """),
        Words("Ligação sobre $, Recado na caixa postal, Acompanhamento, Negociação de preço, Reclamação resolvida"),
        Words("Reunião inicial: $, Revisão trimestral T#, Demonstração: $, Planejamento com @"),
        Words("Visita à @, Instalação: $, Conversa na feira, Treinamento no local"),
    ]

    /// What makes a subject hard to load: commas, quotation marks, line feeds, a semicolon, a leading formula sign.
    static let awkwardOpenings = Words([
        "Urgent, please read: ", "\"Last call\" ", "=Fwd: ", "FYI; ", "[EXT] ", "  ", "Jim said \"yes\", so: ",
    ])
    static let awkwardEndings = [
        ", as discussed", " (was: \"final offer\")", "\nSent from my phone", ", 2nd try, sorry", " \"ASAP\"",
        "\n\n-- \nBest regards", " 🙂", " — see attachment, page 3",
    ]

    /// What goes wrong, for tickets; these hold no placeholders.
    static let problems = Words([
        "Sensor offline", "Licence key not accepted", "Invoice shows the wrong address", "Login fails after update",
        "Door panel frozen", "Delivery incomplete", "Wrong item delivered", "Dashboard shows no data", "App crashes on start",
        "Badge printer jams", "Battery empties too fast", "Room shown as taken, but empty", "Export to Excel fails",
        "How do I add a colleague?", "Calendar sync stopped", "Locker does not open", "Time zone wrong in report",
        "Request for a copy of the contract", "Cancel one licence", "Password reset mail does not arrive",
        "Parking gate stays closed", "Firmware update stuck at 90%", "Duplicate charge on invoice", "Slow since Monday",
        "API returns error 500", "Installation date moved", "Question on data protection", "Air quality values implausible",
        "Visitor list empty", "Screen says \"no signal\"",
    ])
}
