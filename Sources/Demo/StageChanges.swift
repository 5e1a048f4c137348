/// The days on which a deal came into its stages, in their order; the first is the day on which it was opened.
private typealias StageSteps = [(stage: Stage, day: Int)]

extension World {
    /// A row for each stage that a deal came into: what a CRM keeps as the history of a field.
    func writeStageChanges(to directory: String) throws(DemoError) -> DemoFile {
        var file = try CSVFile("stage_changes.csv", in: directory, header: "id,deal_id,stage,at")
        var count = 0
        for (row, start) in dealStarts().enumerated() {
            var dice = Stream("deals").dice(row)
            let course = outcome(of: start, &dice).course
            var steps = Stream("deals/stages").dice(row)
            for step in stageSteps(from: Int(start.opened), course, &steps) {
                file.key("STC-", count)
                file.key("DEAL-", row)
                file.word(Stage.names, step.stage.rawValue)
                file.date(step.day)
                try file.endRow()
                count += 1
            }
        }
        return try file.finish()
    }

    /// The stages follow each other day by day. Where the days do not suffice, a deal leaps over those in the middle.
    private func stageSteps(from opened: Int, _ course: DealCourse, _ dice: inout Dice) -> StageSteps {
        let reached = course.isOpen ? course.stage.rawValue : course.stage == .won ? 3 : Self.lostAfter.pick(&dice)
        // An open deal has been in its last stage for about as long as in each one before.
        let end = course.isOpen ? Day.last : course.closed
        let span = Double(end - opened) / Double(reached + 1)
        var steps: StageSteps = [(.prospect, opened)]
        for index in 0...reached where index > 0 {
            let day = opened + Int(span * (Double(index) - 0.35 + 0.7 * dice.unit()))
            guard let stage = Stage(rawValue: index) else { continue }
            steps.append((stage, min(day, end)))
        }
        if !course.isOpen { steps.append((course.stage, end)) }
        // Only the last of several on one day stays.
        return steps.indices.filter { $0 + 1 == steps.count || steps[$0].day < steps[$0 + 1].day }.map { steps[$0] }
    }

    /// After which stage deals are lost that are: most of them early.
    private static let lostAfter = Choice([34, 30, 22, 14])
}
