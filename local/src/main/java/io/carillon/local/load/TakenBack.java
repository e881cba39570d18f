package io.carillon.local.load;

import java.util.List;

/**
 * Makes faults that do not outlive their run: whoever ends the run, from wherever, takes them back with {@link #end}.
 * Safe for use by several threads.
 */
public final class TakenBack implements FaultControl {

    private final FaultControl control;
    private boolean standing;
    private boolean over;

    /** Makes the faults with another control. */
    public TakenBack(FaultControl control) {
        this.control = control;
    }

    @Override
    public synchronized void apply(List<String> faults, long seed) {
        if (over) {
            return;
        }
        // Before the call: one that fails without an answer may have been carried out.
        standing = standing || !faults.isEmpty();
        control.apply(faults, seed);
        standing = !faults.isEmpty();
    }

    /**
     * Ends all faults there are, and lets no others begin.
     *
     * @return whether there were some
     * @throws IllegalStateException if they cannot be ended, with what to do
     */
    public synchronized boolean end() {
        over = true;
        if (!standing) {
            return false;
        }
        control.apply(List.of(), 0);
        standing = false;
        return true;
    }
}
