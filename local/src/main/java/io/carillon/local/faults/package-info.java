/** Lets a local runtime misbehave on demand as AWS does, repeatably. */
package io.carillon.local.faults;
