package dev.lifeline.poller.adapter.kafka;

import dev.lifeline.events.ConnectorCommand;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.poller.application.UnavailableException;
import dev.lifeline.poller.application.command.CarryOutCommand;
import dev.lifeline.runtime.CommandHandler;
import dev.lifeline.runtime.Received;
import dev.lifeline.runtime.TransientFailureException;

/** Feeds the commands on {@code lifeline.connector.commands} to {@link CarryOutCommand}. */
public final class ConnectorCommands implements CommandHandler<ConnectorCommand> {

    private final CarryOutCommand useCase;

    public ConnectorCommands(CarryOutCommand useCase) {
        this.useCase = useCase;
    }

    @Override
    public String name() {
        return "lifeline-poller-commands";
    }

    @Override
    public Topic topic() {
        return Topics.CONNECTOR_COMMANDS;
    }

    @Override
    public Class<ConnectorCommand> family() {
        return ConnectorCommand.class;
    }

    @Override
    public void handle(Received<ConnectorCommand> command) {
        try {
            useCase.carryOut(command.message());
        } catch (UnavailableException e) {
            throw new TransientFailureException(
                    "command " + command.message().commandId() + " waits: " + e.getMessage(), e);
        }
    }
}
