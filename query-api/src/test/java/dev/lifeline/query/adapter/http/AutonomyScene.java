package dev.lifeline.query.adapter.http;

import dev.lifeline.events.AutonomyCommand;
import dev.lifeline.events.Topics;
import dev.lifeline.query.AutonomyRows;
import dev.lifeline.query.GivenCommands;
import dev.lifeline.query.Program;
import dev.lifeline.query.RunningQuery;
import dev.lifeline.query.TestIssuer.People;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** query-api with nothing known yet, and what carries out commands and folds events in the hands of the test. */
abstract class AutonomyScene {

    final RunningQuery.Surroundings here = RunningQuery.shared();
    final AutonomyRows rows = new AutonomyRows(here.tables());
    final Program alice = Program.of(People.ALICE);
    final GivenCommands commands = new GivenCommands(Topics.AUTONOMY_COMMANDS);

    @BeforeEach
    void nothing_is_known() {
        here.tables().clear();
    }

    @AfterEach
    void close() {
        commands.close();
    }

    /** Says of a command that it was carried out. */
    final void done(AutonomyCommand command) {
        rows.answered(command.userId(), command.commandId(), null, null);
    }

    /** Says of the next command that it was not. */
    @SuppressWarnings("FutureReturnValueIgnored") // what it does shows in the answer
    final void refuseNext(String code, String reason) {
        commands.answer(AutonomyCommand.class, each -> rows.answered(each.userId(), each.commandId(), code, reason));
    }
}
