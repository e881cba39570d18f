/** What a deployment does that CloudFormation has no resource for. */
package io.carillon.deployment;
