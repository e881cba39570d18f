/**
 * Carillon in an AWS account. {@link io.carillon.infra.Carillon} is the construct for an app of your own;
 * {@link io.carillon.infra.CarillonApp} is the app that {@code ./carillon deploy} deploys.
 */
package io.carillon.infra;
