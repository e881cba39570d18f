/** Looks a deployment over, or the local runtime, and says what to do about what it finds. */
package io.carillon.local.doctor;
